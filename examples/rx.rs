//! Throwaway.
use std::time::Instant;
fn main() {
    let t = |name: &str, p: &str| {
        let s = Instant::now();
        for _ in 0..20 {
            std::hint::black_box(regex::Regex::new(p).unwrap());
        }
        println!("{name} {:?}", s.elapsed() / 20);
    };
    let text = std::fs::read_to_string("/tmp/r5/pats.txt").unwrap();
    for line in text.lines() {
        if let Some((n, p)) = line.split_once('\t') {
            t(n, p);
        }
    }
}
