//! The `nianbao` program: everything that touches files, terminals and exit statuses stands in `cli`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
