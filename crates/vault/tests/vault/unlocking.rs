//! Wrong passphrases: a delay that grows, survives restarts and cannot be shortened or made endless by the clock.

use crate::bench::{Bench, PASSPHRASE};
use protocol::UnixTime;
use vault::{UnlockError, UserId};

/// What an attempt says: seconds of a wrong one, or of one that came too soon.
#[derive(Debug, PartialEq)]
enum Said {
    In,
    Wrong(u64),
    TooSoon(u64),
}

fn attempt(bench: &Bench, passphrase: &str) -> Said {
    match bench.vault().unlock(bench.user(), passphrase) {
        Ok(_) => Said::In,
        Err(UnlockError::WrongPassphrase { retry_after_seconds }) => Said::Wrong(retry_after_seconds),
        Err(UnlockError::TooSoon { retry_after_seconds }) => Said::TooSoon(retry_after_seconds),
        Err(other) => panic!("{other}"),
    }
}

fn wrong_until(bench: &Bench, delay: u64) {
    loop {
        match attempt(bench, "wrong") {
            Said::Wrong(seconds) if seconds == delay => return,
            Said::Wrong(seconds) => bench.clock.advance(seconds),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn three_are_free_then_the_delay_grows_and_a_right_one_ends_it() {
    let bench = Bench::new();
    let mut delays = Vec::new();
    for _ in 0..9 {
        let Said::Wrong(seconds) = attempt(&bench, "wrong") else { panic!("let in after waiting") };
        delays.push(seconds);
        bench.clock.advance(seconds);
    }
    assert_eq!(delays, [0, 0, 0, 5, 15, 60, 300, 900, 900]);
    assert_eq!(attempt(&bench, PASSPHRASE), Said::In);
    assert_eq!(attempt(&bench, "wrong"), Said::Wrong(0), "from the beginning");
}

#[test]
fn within_the_delay_even_the_right_passphrase_is_not_looked_at() {
    let bench = Bench::new();
    wrong_until(&bench, 15);
    assert_eq!(attempt(&bench, PASSPHRASE), Said::TooSoon(15));
    bench.clock.advance(14);
    assert_eq!(attempt(&bench, PASSPHRASE), Said::TooSoon(1));
    bench.clock.advance(1);
    assert_eq!(attempt(&bench, PASSPHRASE), Said::In);
}

#[test]
fn a_restart_forgets_nothing() {
    let mut bench = Bench::new();
    wrong_until(&bench, 60);
    let user = bench.user();
    bench.close();
    let vault = bench.open_again().unwrap();
    assert!(matches!(vault.unlock(user, PASSPHRASE), Err(UnlockError::TooSoon { retry_after_seconds: 60 })));
}

#[test]
fn a_clock_set_back_neither_shortens_nor_blocks_for_ever() {
    let bench = Bench::new();
    wrong_until(&bench, 300);
    bench.clock.set(UnixTime(10));
    assert_eq!(attempt(&bench, PASSPHRASE), Said::TooSoon(300), "the whole delay, not years");
    bench.clock.advance(299);
    assert_eq!(attempt(&bench, PASSPHRASE), Said::TooSoon(1));
    bench.clock.advance(1);
    assert_eq!(attempt(&bench, PASSPHRASE), Said::In);
}

#[test]
fn the_users_delays_are_apart() {
    let bench = Bench::new();
    let colleague = bench.vault().create_user("Kollegin", "another passphrase").unwrap().user();
    wrong_until(&bench, 60);
    assert!(bench.vault().unlock(colleague, "another passphrase").is_ok());
}

#[test]
fn changing_the_passphrase_needs_the_current_one_and_counts_wrong_ones() {
    let mut bench = Bench::new();
    for expected in [0, 0, 0, 5] {
        let result = bench.session_mut().change_passphrase("wrong", "new one");
        assert!(matches!(result, Err(UnlockError::WrongPassphrase { retry_after_seconds }) if retry_after_seconds == expected));
    }
    assert!(matches!(bench.session_mut().change_passphrase(PASSPHRASE, "new one"), Err(UnlockError::TooSoon { .. })));
    bench.clock.advance(5);
    bench.session_mut().change_passphrase(PASSPHRASE, "new one").unwrap();
    assert_eq!(attempt(&bench, "new one"), Said::In);
}

#[test]
fn nobody_is_nobody() {
    let bench = Bench::new();
    assert!(matches!(bench.vault().unlock(UserId::make(), PASSPHRASE), Err(UnlockError::UnknownUser)));
}
