//! What one request may cost, and how the operating system is asked for it.

use std::io;
use std::time::Duration;

/// What one request may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory of the process that reads, its program included.
    pub memory: u64,
    /// Processor time: time in which the process is stopped or waits does not count.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            memory: 1 << 30,
            time: Duration::from_secs(30),
        }
    }
}

/// Lets the operating system refuse this process more memory, and keep no image of it when it dies.
///
/// # Errors
/// Where the system has a limit and does not take it.
#[cfg(unix)]
pub fn hold_memory(bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // Address space that is only reserved costs nothing; where the system can tell, it is not counted.
    #[cfg(target_os = "linux")]
    const MEMORY: Resource = Resource::Data;
    #[cfg(not(target_os = "linux"))]
    const MEMORY: Resource = Resource::As;
    let at_most = |bytes| Rlimit {
        current: Some(bytes),
        maximum: Some(bytes),
    };
    setrlimit(Resource::Core, at_most(0))?;
    setrlimit(MEMORY, at_most(bytes))?;
    Ok(())
}

/// This system has no limit that could be set.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn hold_memory(_bytes: u64) -> io::Result<()> {
    Ok(())
}

/// Processor time that this process has used so far.
#[cfg(unix)]
pub fn used_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let used = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(used.tv_sec.unsigned_abs(), u32::try_from(used.tv_nsec).unwrap_or(0))
}

/// Time since the first call, where the system does not tell the processor time.
#[cfg(not(unix))]
pub fn used_time() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
