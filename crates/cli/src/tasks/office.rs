//! The ledger, the office, teams, tickets, counts.

use commands::Command;
use commands::api::{
    Approve, Certify, CustomersSet, FleetView, Information, Invite, Invited, LedgerArgs, LedgerPage, LedgerVerdict, Nothing, OfficeView, RootShare,
    RuleRow, StaffRef, SyncAsk, TeamCountsView, TeamCreate, TeamRef, WorkSet,
};

use super::collect::wire;
use crate::arguments::{LedgerTask, OfficeTask, RoleArg, TeamTask};
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::shell::Shell;

pub async fn ledger(task: LedgerTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    Ok(match task {
        LedgerTask::List { offset, limit } => shell.run::<LedgerPage>(|| Command::Ledger(LedgerArgs { offset, limit })).await?.into(),
        LedgerTask::Verify => shell.run::<LedgerVerdict>(|| Command::LedgerVerify(Nothing {})).await?.into(),
    })
}

pub async fn office(task: OfficeTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    let view: OfficeView = match task {
        OfficeTask::Devices => return Ok(shell.run::<FleetView>(|| Command::Fleet(Nothing {})).await?.into()),
        OfficeTask::RequestSync { device, withdraw } => {
            let ask = SyncAsk { device, ask: !withdraw };
            return Ok(shell.run::<FleetView>(|| Command::SyncAsk(ask.clone())).await?.into());
        }
        OfficeTask::Show => shell.run(|| Command::Office(Nothing {})).await?,
        OfficeTask::Customers { language, information } => {
            let information = if information {
                Some(Information {
                    controller: shell.input.line("Controller, with address: ")?,
                    officer: shell.input.line("Data-protection officer, with address: ")?,
                    authority: shell.input.line("Supervisory authority: ")?,
                    return_to: shell.input.line("Paper forms are returned to: ")?,
                })
            } else {
                shell.run::<OfficeView>(|| Command::Office(Nothing {})).await?.information
            };
            let set = CustomersSet { languages: language, information };
            shell.run(|| Command::CustomersSet(set.clone())).await?
        }
        OfficeTask::Work { rule, others, deadline } => {
            let now: OfficeView = shell.run(|| Command::Office(Nothing {})).await?;
            let rules = match others {
                None => now.rules,
                Some(team) => {
                    let rules = rule.iter().map(|text| one_rule(text));
                    rules.chain([Ok(RuleRow { prefix: String::new(), team })]).collect::<Result<_, Failure>>()?
                }
            };
            let set = WorkSet { rules, deadlines: if deadline.is_empty() { now.deadlines } else { deadline } };
            shell.run(|| Command::WorkSet(set.clone())).await?
        }
        OfficeTask::Certify { instead_of } => {
            let mut share = |question| Ok::<_, Failure>(RootShare::new(shell.input.secret_line(question)?));
            let shares = vec![share("One share of the root key: ")?, share("Another share: ")?];
            let certify = Certify { shares, instead_of };
            shell.run(|| Command::Certify(certify.clone())).await?
        }
    };
    Ok(view.into())
}

fn one_rule(text: &str) -> Result<RuleRow, Failure> {
    let (prefix, team) = text.split_once('=').ok_or_else(|| Failure::usage("a rule is BEGINNING=TEAM; nothing was changed"))?;
    Ok(RuleRow { prefix: prefix.to_owned(), team: team.to_owned() })
}

pub async fn team(task: TeamTask, shell: &mut Shell) -> Result<OfficeView, Failure> {
    match task {
        TeamTask::Create { name } => shell.run(|| Command::TeamCreate(TeamCreate { name: name.clone() })).await,
    }
}

pub async fn invite(name: String, roles: &[RoleArg], teams: Vec<String>, shell: &mut Shell) -> Result<Invited, Failure> {
    let roles = roles.iter().map(|role| wire(*role)).collect::<Result<_, _>>()?;
    let invite = Invite { name, roles, teams };
    shell.run(|| Command::Invite(invite.clone())).await
}

pub async fn approve(member: String, shell: &mut Shell) -> Result<OfficeView, Failure> {
    shell.run(|| Command::Approve(Approve { member: member.clone() })).await
}

pub async fn revoke(member: String, shell: &mut Shell) -> Result<OfficeView, Failure> {
    shell.run(|| Command::Revoke(StaffRef { member: member.clone() })).await
}

pub async fn counts(team: String, shell: &mut Shell) -> Result<TeamCountsView, Failure> {
    shell.run(|| Command::TeamCounts(TeamRef { team: team.clone() })).await
}
