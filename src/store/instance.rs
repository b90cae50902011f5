//! Which process an instance belongs to, told by its number alone: so that what a process claimed that was killed is free for
//! the next one. Of another machine's processes nothing is known.

use rustix::io::Errno;
use rustix::process::{Pid, getpid, test_kill_process};

/// Bits of a number: by chance, so that two instances of one process differ; the process; the machine.
const CHANCE_BITS: u32 = 25;
const PROCESS_BITS: u32 = 22;
const MACHINE_BITS: u32 = 16;

/// The number of a new instance of this process, made different from others by `chance`.
pub(super) fn number(chance: i64) -> i64 {
    of_process(i64::from(getpid().as_raw_pid()), chance)
}

/// The number of an instance of a process of this machine.
pub(super) fn of_process(process: i64, chance: i64) -> i64 {
    joined(machine(), process, chance)
}

/// Whether the process of this machine that an instance belongs to has ended.
pub(super) fn is_gone(number: i64) -> bool {
    let process = (number >> CHANCE_BITS) & mask(PROCESS_BITS);
    let pid = i32::try_from(process).ok().and_then(Pid::from_raw);
    number >> (CHANCE_BITS + PROCESS_BITS) == machine() && pid.is_some_and(|pid| test_kill_process(pid) == Err(Errno::SRCH))
}

fn joined(machine: i64, process: i64, chance: i64) -> i64 {
    ((machine << PROCESS_BITS | process & mask(PROCESS_BITS)) << CHANCE_BITS) | chance & mask(CHANCE_BITS)
}

/// What tells this machine from others that may share a folder with it.
fn machine() -> i64 {
    let name = rustix::system::uname().nodename().to_bytes().to_vec();
    name.iter().fold(0, |sum: i64, byte| (sum * 31 + i64::from(*byte)) & mask(MACHINE_BITS))
}

fn mask(bits: u32) -> i64 {
    (1 << bits) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a process that has ended is needed")]
    fn an_instance_is_gone_when_its_process_of_this_machine_has_ended() {
        let mut child = std::process::Command::new("true").spawn().expect("a process");
        let ended = i64::from(child.id());
        child.wait().expect("its end");
        let here = i64::from(getpid().as_raw_pid());
        let check = |number: i64, expected: bool, why: &str| assert_eq!(is_gone(number), expected, "{why}");
        check(number(-1), false, "this process");
        check(joined(machine(), here, 7), false, "another instance of it");
        check(joined(machine(), ended, 7), true, "one that has ended");
        check(joined(machine() ^ 1, ended, 7), false, "one of another machine");
        check(joined(machine(), 0, 7), false, "none");
        check(0, false, "no instance");
        assert!(number(-1) > 0 && number(1) != number(2));
    }
}
