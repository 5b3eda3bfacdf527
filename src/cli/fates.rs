//! What became of an input, in words.

use nianbao::batch::document::Verdict;

use super::language::say;

/// What became of an input; in Chinese with the words of the dataset behind it, since those are English.
pub fn in_words(verdict: &Verdict) -> String {
    let reason = verdict.reason.as_deref().and_then(reason_word);
    let chinese = reason.unwrap_or_else(|| fate_word(verdict.fate.name()));
    say(verdict.in_words(), format!("{chinese}（{}）", verdict.in_words()))
}

/// The Chinese words for a fate, by its name in the dataset; the name itself where it is none of them.
pub fn fate_word(fate: &str) -> &str {
    match fate {
        "annual_report" => "年度报告",
        "duplicate" => "与先前的输入相同",
        "scan" => "扫描件，需要先做文字识别",
        "list_page" => "报告列表页",
        "attachment_only" => "报告在附件中的页面",
        "not_a_report" => "不是年度报告",
        "no_reader" => "不支持的文件格式",
        "unreadable" => "无法读取",
        other => other,
    }
}

/// The Chinese words for the reasons that say more than the fate.
fn reason_word(reason: &str) -> Option<&'static str> {
    Some(match reason {
        "empty" => "文件为空",
        "encrypted" => "文件已加密：PDF 可用 --password 给出密码，其他文件须先在原软件中去除密码",
        "wrong_password" => "密码不正确",
        "nianbao_json" => "nianbao 输出的 JSON，不是报告原件",
        "damaged" => "文件已损坏",
        "encoding" => "未知的字符编码名称",
        "limit" => "超出时间或内存上限",
        "nested_too_deep" => "压缩包嵌套过深",
        "too_large" => "文件过大",
        "crash" | "fault" => "读取程序出错",
        "lost" => "结果已丢失，下次运行将重新读取",
        "not_a_file" => "不是普通文件",
        "further_page" => "同一报告的后续页，已与首页合并读取",
        "http_status" => "网页未成功返回",
        "empty_archive" => "压缩包中没有文件",
        _ => return None,
    })
}
