//! The ledger, the office, teams, tickets, counts.

use std::io::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use commands::Command;
use commands::api::{
    Approve, Certify, CustomersSet, FleetView, Information, Invite, Invited, KeyDestroy, LedgerArgs, LedgerExport, LedgerPage, LedgerVerdict,
    MaskSet, MaskText, MaskView, Nothing, OfficeView, PolicySet, ReportArgs, ReportView, Revocation, RootShare, RuleRow, StaffChange, SyncAsk,
    TeamCountsView, TeamCreate, TeamRef, WorkSet,
};

use super::collect::wire;
use super::share::share;
use crate::arguments::{LedgerTask, MaskTask, OfficeTask, RoleArg, TeamTask, UntilArg};
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::shell::Shell;

pub async fn ledger(task: LedgerTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    Ok(match task {
        LedgerTask::List { offset, limit } => shell.run::<LedgerPage>(|| Command::Ledger(LedgerArgs { offset, limit })).await?.into(),
        LedgerTask::Verify { .. } => shell.run::<LedgerVerdict>(|| Command::LedgerVerify(Nothing {})).await?.into(),
        LedgerTask::Export { file } => {
            let export: LedgerExport = shell.run(|| Command::LedgerExport(Nothing {})).await?;
            let bytes = STANDARD.decode(&export.file).expect("invariant: base64 of our own making");
            let written = std::fs::File::create_new(&file).and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()));
            written.map_err(|_| Failure::usage("the ledger could not be written: the file exists already, or its folder cannot be written to"))?;
            // What is in the file need not be on the terminal.
            LedgerExport { file: file.display().to_string(), ..export }.into()
        }
    })
}

pub async fn office(task: OfficeTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    let view: OfficeView = match task {
        OfficeTask::Share(task) => return share(task, shell).await,
        OfficeTask::Mask(task) => return mask(task, shell).await,
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
        OfficeTask::Copies { until } => {
            let accepted = matches!(until, UntilArg::Accepted);
            shell.run(|| Command::PolicySet(PolicySet { accepted })).await?
        }
        OfficeTask::Change { member, role, team } => {
            let roles = role.iter().map(|role| wire(*role)).collect::<Result<_, _>>()?;
            let change = StaffChange { member, roles, teams: team, was: None };
            shell.run(|| Command::StaffChange(change.clone())).await?
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

/// Showing prints the file itself, so that it can be sent into one; checking and setting print what it looks like.
async fn mask(task: MaskTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    let view: MaskView = match task {
        MaskTask::Show => {
            let view: MaskView = shell.run(|| Command::MaskShow(Nothing {})).await?;
            let text = view.text.trim_end().to_owned();
            return Ok(Outcome { text, ..Outcome::from(view) });
        }
        MaskTask::Check => {
            let text = shell.input.rest()?;
            shell.run(|| Command::MaskCheck(MaskText { text: text.clone() })).await?
        }
        MaskTask::Set => {
            let text = shell.input.rest()?;
            shell.run(|| Command::MaskSet(MaskSet { text: Some(text.clone()) })).await?
        }
        MaskTask::Reset => shell.run(|| Command::MaskSet(MaskSet { text: None })).await?,
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
        TeamTask::RenewKey { team } => shell.run(|| Command::TeamKeyRenew(TeamRef { team: team.clone() })).await,
        TeamTask::DestroyKey { team, epoch, without_devices } => {
            shell.run(|| Command::TeamKeyDestroy(KeyDestroy { team: team.clone(), epoch, without_devices })).await
        }
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

pub async fn revoke(member: String, even_so: bool, shell: &mut Shell) -> Result<OfficeView, Failure> {
    shell.run(|| Command::Revoke(Revocation { member: member.clone(), even_so })).await
}

pub async fn counts(team: String, shell: &mut Shell) -> Result<TeamCountsView, Failure> {
    shell.run(|| Command::TeamCounts(TeamRef { team: team.clone() })).await
}

/// The report; with a path, also as a file that was not there before.
pub async fn report(args: ReportArgs, csv: Option<&Path>, shell: &mut Shell) -> Result<ReportView, Failure> {
    let report: ReportView = shell.run(|| Command::TeamReport(args.clone())).await?;
    if let Some(path) = csv {
        let written = std::fs::File::create_new(path).and_then(|mut file| file.write_all(report.csv.as_bytes()));
        written.map_err(|_| Failure::usage("the report could not be written: the file exists already, or its folder cannot be written to"))?;
    }
    Ok(report)
}
