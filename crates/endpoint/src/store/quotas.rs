//! Whose turn it is: the arithmetic of quotas, without a database.
//!
//! With n units given so far, a clerk of weight w among a total of W has a claim to n·w/W of them. Whoever is merely the furthest behind is not always the
//! right one: then somebody with a small weight may overtake hers by more than a unit. Tijdeman's rule ("The chairman assignment problem", Discrete
//! Mathematics 32, 1980) keeps everybody within one unit at every moment: of those who are behind far enough, the one who would be late first.

use protocol::MemberId;

/// One clerk's account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account {
    pub(super) clerk: MemberId,
    /// Positive.
    pub(super) weight: i64,
    /// Units since the accounts were opened.
    pub(super) assigned: i64,
}

/// Gives the next unit to one of them, and counts it. None without accounts.
pub(super) fn next(accounts: &mut [Account]) -> Option<MemberId> {
    let claims: Vec<Claim> = claims(accounts);
    // A single one has no others to be late for.
    let others = (2 * i128::try_from(accounts.len()).ok()? - 2).max(1);
    let total: i128 = accounts.iter().map(|account| i128::from(account.weight)).sum();
    let is_behind = |claim: &&Claim| claim.behind * others >= total;
    let until_late = |claim: &Claim| (others - 1) * total - others * claim.behind;
    // Compared as fractions: (time until late) / weight.
    let by_deadline = |one: &&Claim, other: &&Claim| (until_late(one) * other.weight).cmp(&(until_late(other) * one.weight));
    let at = claims.iter().filter(is_behind).min_by(by_deadline)?.at;
    let account = accounts.get_mut(at)?;
    account.assigned += 1;
    Some(account.clerk)
}

/// What somebody may expect once the next unit is counted.
struct Claim {
    at: usize,
    weight: i128,
    /// In units times the total weight.
    behind: i128,
}

fn claims(accounts: &[Account]) -> Vec<Claim> {
    let total: i128 = accounts.iter().map(|account| i128::from(account.weight)).sum();
    let units: i128 = accounts.iter().map(|account| i128::from(account.assigned)).sum();
    let claim = |(at, account): (usize, &Account)| {
        let weight = i128::from(account.weight);
        Claim { at, weight, behind: weight * (units + 1) - i128::from(account.assigned) * total }
    };
    accounts.iter().enumerate().map(claim).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn opened(weights: &[i64]) -> Vec<Account> {
        let account = |(at, weight): (u8, &i64)| Account { clerk: MemberId([at; 16]), weight: *weight, assigned: 0 };
        (0..).zip(weights).map(account).collect()
    }

    proptest! {
        /// After every single arrival, not only at the end.
        #[test]
        fn each_clerks_share_is_within_one_unit_of_the_quota(weights in prop::collection::vec(1_i64..=100, 1..14), arrivals in 1_i64..400) {
            let mut accounts = opened(&weights);
            let total: i64 = weights.iter().sum();
            for units in 1..=arrivals {
                prop_assert!(next(&mut accounts).is_some());
                prop_assert_eq!(accounts.iter().map(|account| account.assigned).sum::<i64>(), units);
                for account in &accounts {
                    let off = (account.assigned * total - units * account.weight).abs();
                    prop_assert!(off < total, "{} of {units} for {}/{total}", account.assigned, account.weight);
                }
            }
        }
    }

    /// Where the furthest behind, or the least loaded for their weight, would each fail.
    #[test]
    fn many_small_weights_do_not_push_a_large_one_aside() {
        let mut accounts = opened(&[100, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        for _ in 0..22 {
            next(&mut accounts);
        }
        assert_eq!(accounts[0].assigned, 20);
    }

    #[test]
    fn nobody_is_nobody() {
        assert_eq!(next(&mut []), None);
    }
}
