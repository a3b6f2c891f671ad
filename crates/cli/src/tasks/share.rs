//! Distribution by a team's leader.

use commands::Command;
use commands::api::{DistributionMove, DistributionMoved, DistributionSet, DistributionView, ShareSet, TeamRef};

use crate::arguments::ShareTask;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::shell::Shell;
use crate::text::midnight;

pub async fn share(task: ShareTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    Ok(match task {
        ShareTask::Show { team } => show(&team, shell).await?.into(),
        ShareTask::Set { team, quota, by_hand, automatic } => {
            let now = show(&team, shell).await?;
            let clerks = quota.iter().map(|text| with_quota(&now, text)).collect::<Result<_, _>>()?;
            let by_hand = (by_hand || automatic).then_some(by_hand);
            set(DistributionSet { team, by_hand, clerks }, shell).await?.into()
        }
        ShareTask::Absent { team, member, until } => {
            let until = midnight(&until).ok_or_else(|| Failure::usage("a day is YYYY-MM-DD; nothing was changed"))?;
            absent(team, &member, Some(until), shell).await?.into()
        }
        ShareTask::Present { team, member } => absent(team, &member, None, shell).await?.into(),
        ShareTask::Move { team, from, to, units } => {
            let args = DistributionMove { team, from, to, units };
            shell.run::<DistributionMoved>(|| Command::DistributionMove(args.clone())).await?.into()
        }
        ShareTask::Undo { team } => shell.run::<DistributionMoved>(|| Command::DistributionUndo(TeamRef { team: team.clone() })).await?.into(),
    })
}

async fn show(team: &str, shell: &mut Shell) -> Result<DistributionView, Failure> {
    shell.run(|| Command::Distribution(TeamRef { team: team.to_owned() })).await
}

async fn set(args: DistributionSet, shell: &mut Shell) -> Result<DistributionView, Failure> {
    shell.run(|| Command::DistributionSet(args.clone())).await
}

async fn absent(team: String, member: &str, until: Option<u64>, shell: &mut Shell) -> Result<DistributionView, Failure> {
    let now = show(&team, shell).await?;
    let clerks = vec![ShareSet { absent_until: until, ..as_is(&now, member) }];
    set(DistributionSet { team, by_hand: None, clerks }, shell).await
}

fn with_quota(now: &DistributionView, text: &str) -> Result<ShareSet, Failure> {
    let wrong = || Failure::usage("a quota is MEMBER=WEIGHT, from 0 to 100; nothing was changed");
    let (member, weight) = text.split_once('=').ok_or_else(wrong)?;
    let weight = weight.parse().ok().filter(|weight| *weight <= 100).ok_or_else(wrong)?;
    Ok(ShareSet { weight, ..as_is(now, member) })
}

/// A clerk's part as it is; whether there is such a clerk, the endpoint says.
fn as_is(now: &DistributionView, member: &str) -> ShareSet {
    let row = now.clerks.iter().find(|row| row.member == member);
    ShareSet { member: member.to_owned(), weight: row.map_or(100, |row| row.weight), absent_until: row.and_then(|row| row.absent_until) }
}
