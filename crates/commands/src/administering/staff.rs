//! The administrator's view of the office: teams, members, tickets, approvals. Every change is a new signed directory.

use office::directory::{DirectoryEdit, VerifiedDirectory};
use office::tags::TagKey;
use office::tickets::{Grant, TicketSecret};
use protocol::api::{Done, EnrolmentsReply};
use protocol::directory::{Device, Member, Role, Standing, TeamRule};
use protocol::enrolment::{Enrolment, TicketRequest};
use protocol::problem::ProblemCode;
use protocol::{MemberId, TeamId};
use reqwest::Method;

use super::key_change::{UnderKeys, wanting_after};
use crate::App;
use crate::api::{
    Approve, CommandError, ErrorCode, InvitationRow, Invite, Invited, Nothing, OfficeView, Revocation, RoleCode, RuleRow, StaffRow, TeamCreate,
    TeamRow, WaitingRow,
};
use crate::desk::{Desk, Who};
use crate::ids::new_id;
use crate::stored::InvitationItem;

/// How long a ticket can be redeemed: a week, in seconds.
const TICKET_LIFE: u64 = 7 * 24 * 3600;

/// Somebody who waits, checked under the secret of the invitation that was meant for them.
struct Waiting {
    invitation_id: [u8; 16],
    invitation: InvitationItem,
    enrolment: Enrolment,
}

impl App {
    /// The office; for an administrator with who waits.
    pub(crate) async fn office(&self, _: Nothing) -> Result<OfficeView, CommandError> {
        self.office_now().await
    }

    /// The same, after a change.
    pub(super) async fn office_now(&self) -> Result<OfficeView, CommandError> {
        let is_admin = self.desk().has_role(Role::Admin);
        let (waiting, under) = if is_admin { (self.waiting().await?, self.under_closed_keys().await?) } else { Default::default() };
        self.office_view(&waiting, &under)
    }

    /// Creates a team. The first team gets the rule that every form goes to it.
    pub(crate) async fn team_create(&self, args: TeamCreate) -> Result<OfficeView, CommandError> {
        let (team, name) = (TeamId::from_random(new_id()), args.name.trim());
        self.publish(|desk| {
            desk.demand_role(Role::Admin)?;
            let directory = desk.directory()?;
            // Asked again after a lost reply: there is nothing to do, and a second team of that name would be nobody's wish.
            if directory.get().teams.iter().any(|known| known.name == name) {
                return Ok(None);
            }
            let mut settings = directory.get().settings.clone();
            if settings.team_rules.is_empty() {
                settings.team_rules.push(TeamRule { prefix: String::new(), team });
            }
            Ok(Some(DirectoryEdit::next_version(directory, self.now()).with_team(team, name).with_settings(settings)))
        })
        .await?;
        self.office(Nothing {}).await
    }

    /// Makes a one-time ticket. Its secret stays here and in the text; the endpoint gets what is derived from it.
    pub(crate) async fn invite(&self, args: Invite) -> Result<Invited, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        let expires_at = self.endpoint_now().await?.plus(TICKET_LIFE);
        let (ticket, item) = {
            let desk = self.desk();
            let roles = roles_of(&args.roles)?;
            let teams = desk.known_teams(&args.teams)?;
            let secret = TicketSecret::make();
            let item = InvitationItem {
                version: 1,
                secret: *secret.expose_bytes(),
                name: args.name.trim().to_owned(),
                roles,
                teams,
                expires_at,
                redeemed_by: None,
            };
            (desk.ticket(secret)?, item)
        };
        let grant = {
            let desk = self.desk();
            ticket.secret.seal_grant(&Grant { tag_key: TagKey::from_bytes(desk.unlocked()?.state()?.tag_key) })
        };
        let request = TicketRequest { ticket: ticket.secret.ticket_id(), expires_at: item.expires_at, grant: grant.into() };
        // Kept before the endpoint knows of it: whoever redeems it can be approved.
        let id = new_id();
        self.desk().save_invitation(&id, &item)?;
        if let Err(error) = self.exchange::<_, Done>(Who::Member, Method::POST, "/v1/tickets", Some(&request)).await {
            self.desk().remove_invitation(&id)?;
            return Err(error);
        }
        Ok(Invited { ticket: ticket.to_text().to_string(), expires_at: item.expires_at.0 })
    }

    /// Approves a newcomer: member and device enter the next directory with the roles of the invitation, whatever the endpoint says.
    pub(crate) async fn approve(&self, args: Approve) -> Result<OfficeView, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        let wanted = MemberId::parse(&args.member).ok_or(ErrorCode::NotFound)?;
        let waiting = self.waiting().await?;
        let Some(newcomer) = waiting.iter().find(|waiting| waiting.enrolment.member == wanted) else { return self.approved_before(wanted).await };
        // The reply to the publishing may be lost: who came in by this invitation is known before.
        self.desk().save_invitation(&newcomer.invitation_id, &InvitationItem { redeemed_by: Some(wanted), ..newcomer.invitation.clone() })?;
        self.publish(|desk| {
            let directory = desk.directory()?;
            if directory.member(&wanted).is_some() {
                return Ok(None);
            }
            if !desk.may_enter(&newcomer.enrolment)? {
                return Err(CommandError::new(ErrorCode::NotFound));
            }
            let edit = DirectoryEdit::next_version(directory, self.now()).with_member(newcomer.member());
            let Enrolment { device, member, .. } = newcomer.enrolment;
            let is_known = directory.device(&device).is_some();
            // A second person on a known device changes nothing else about it.
            let edit =
                if is_known { edit.with_device_user(device, member).map_err(|_| ErrorCode::NotFound)? } else { edit.with_device(newcomer.device()) };
            Ok(Some(edit))
        })
        .await?;
        self.office(Nothing {}).await
    }

    /// Nobody waits under this id: whether a directory that this device did not see has them already, after a lost reply, say.
    async fn approved_before(&self, wanted: MemberId) -> Result<OfficeView, CommandError> {
        self.refresh_directory().await?;
        let is_listed = self.desk().directory()?.member(&wanted).is_some();
        if is_listed { self.office(Nothing {}).await } else { Err(CommandError::new(ErrorCode::NotFound)) }
    }

    /// Revokes a member and the devices that nobody else works with: such a device still delivers what it holds, and nothing else.
    pub(crate) async fn revoke(&self, args: Revocation) -> Result<OfficeView, CommandError> {
        let member = MemberId::parse(&args.member).ok_or(ErrorCode::NotFound)?;
        self.desk().demand_role(Role::Admin)?;
        if !args.even_so {
            self.refresh_directory().await?;
            let leaving = {
                let desk = self.desk();
                let row = desk.directory()?.active_member(&member);
                row.filter(|row| row.roles.contains(&Role::Clerk)).map(|row| row.teams.clone()).unwrap_or_default()
            };
            self.demand_other_holders(member, &leaving).await?;
        }
        self.publish(|desk| {
            desk.demand_role(Role::Admin)?;
            if desk.unlocked()?.state()?.member == member {
                return Err(ErrorCode::CannotRevokeSelf.into());
            }
            let directory = desk.directory()?;
            Ok(Some(without(DirectoryEdit::next_version(directory, self.now()), directory, member)?))
        })
        .await?;
        self.office(Nothing {}).await
    }

    /// Signs the next directory with the administrator's key and publishes it. If another one was published meanwhile, also by this app when a reply was
    /// lost, the edit is made once more, on the newest. `edit` gives none if there is nothing to change (any more).
    pub(crate) async fn publish<E>(&self, edit: E) -> Result<(), CommandError>
    where
        E: Fn(&Desk) -> Result<Option<DirectoryEdit>, CommandError> + Send + Sync,
    {
        match self.publish_once(&edit).await {
            Err(error) if error.params.get("problem").is_some_and(|problem| problem == ProblemCode::DirectoryOutdated.code()) => {
                self.refresh_directory().await?;
                self.publish_once(&edit).await
            }
            other => other,
        }
    }

    async fn publish_once<E>(&self, edit: &E) -> Result<(), CommandError>
    where
        E: Fn(&Desk) -> Result<Option<DirectoryEdit>, CommandError> + Send + Sync,
    {
        let signed = {
            let desk = self.desk();
            let Some(edit) = edit(&desk)? else { return Ok(()) };
            desk.sign_directory(edit)?
        };
        let reply: protocol::api::DirectoryReply = self.exchange(Who::Member, Method::POST, "/v1/directory", Some(&signed)).await?;
        self.desk().adopt_directory(&reply, None, self.now())
    }

    /// Who redeemed a ticket of ours and is not in the directory; spent invitations are dropped on the way. An enrolment whose MAC does not fit any of our secrets is not shown at all.
    async fn waiting(&self) -> Result<Vec<Waiting>, CommandError> {
        let reply: EnrolmentsReply = self.exchange::<Done, _>(Who::Member, Method::GET, "/v1/enrolments", None).await?;
        let now = self.endpoint_now().await?;
        let mut desk = self.desk();
        let office = desk.office_id()?;
        let invitations = desk.invitations()?;
        let mut waiting: Vec<Waiting> = Vec::new();
        for maced in &reply.waiting {
            for (invitation_id, invitation) in &invitations {
                let secret = TicketSecret::from_bytes(invitation.secret);
                if let Ok(enrolment) = secret.verify(maced, office)
                    && invitation.redeemed_by.is_none_or(|member| member == enrolment.member)
                    && desk.directory()?.member(&enrolment.member).is_none()
                    && desk.may_enter(&enrolment)?
                {
                    waiting.push(Waiting { invitation_id: *invitation_id, invitation: invitation.clone(), enrolment });
                }
            }
        }
        for (id, invitation) in &invitations {
            // With a clock that is wrong nothing expires: whoever redeemed in time may only not be seen yet.
            let waits = desk.clock_wrong || waiting.iter().any(|waiting| waiting.invitation_id == *id);
            let directory = desk.directory()?;
            if invitation.is_spent(waits, |member| directory.member(member).is_some(), now) {
                desk.remove_invitation(id)?;
            }
        }
        Ok(waiting)
    }

    fn office_view(&self, waiting: &[Waiting], under: &UnderKeys) -> Result<OfficeView, CommandError> {
        let desk = self.desk();
        let verified = desk.directory()?;
        let directory = verified.get();
        let staff = directory.members.iter().map(|member| StaffRow {
            member: member.member.to_string(),
            name: member.name.clone(),
            roles: member.roles.iter().map(|role| role_code(*role)).collect(),
            teams: member.teams.iter().map(ToString::to_string).collect(),
            active: member.standing == Standing::Active,
            signs: verified.admin_serial(&member.member).is_some(),
            certified: !verified.valid_serials(&member.member).is_empty(),
        });
        let teams = directory.teams.iter().map(|team| TeamRow {
            team: team.team.to_string(),
            name: team.name.clone(),
            key_epoch: verified.open_key(&team.team).map(|key| key.epoch),
            clerks: verified.clerks_of(team.team).count() as u32,
            keys: desk.key_rows(team, under),
            next_key_wanted: team.next_epoch.is_some(),
        });
        let invitations = desk.invitations()?;
        let open = invitations.iter().filter(|(id, _)| !waiting.iter().any(|waiting| waiting.invitation_id == *id));
        Ok(OfficeView {
            name: directory.name.clone(),
            number: directory.number,
            staff: staff.collect(),
            teams: teams.collect(),
            waiting: waiting.iter().map(Waiting::row).collect(),
            invitations: open
                .map(|(_, item)| InvitationRow {
                    name: item.name.clone(),
                    roles: item.roles.iter().map(|role| role_code(*role)).collect(),
                    expires_at: item.expires_at.0,
                })
                .collect(),
            own: desk.unlocked()?.state()?.member.to_string(),
            rules: directory.settings.team_rules.iter().map(|rule| RuleRow { prefix: rule.prefix.clone(), team: rule.team.to_string() }).collect(),
            deadlines: directory.settings.deadlines_days.clone(),
            waits_for_acceptance: directory.settings.receipt_policy.require_accepted,
            languages: desk.language_offers(),
            information: desk.information(),
        })
    }
}

impl Desk {
    /// A known device may bring another person if it is the same device and counts. Nobody's approval swaps a device's key or brings a revoked one back.
    fn may_enter(&self, enrolment: &Enrolment) -> Result<bool, CommandError> {
        let known = self.directory()?.device(&enrolment.device);
        Ok(known.is_none_or(|device| device.key == enrolment.device_key && device.standing == Standing::Active))
    }
}

impl Waiting {
    fn row(&self) -> WaitingRow {
        WaitingRow {
            member: self.enrolment.member.to_string(),
            name: self.enrolment.name.clone(),
            roles: self.invitation.roles.iter().map(|role| role_code(*role)).collect(),
            invited_as: self.invitation.name.clone(),
        }
    }

    fn member(&self) -> Member {
        Member {
            member: self.enrolment.member,
            name: self.enrolment.name.clone(),
            roles: self.invitation.roles.clone(),
            teams: self.invitation.teams.clone(),
            key: self.enrolment.member_key,
            standing: Standing::Active,
            collected_before: None,
        }
    }

    fn device(&self) -> Device {
        Device {
            device: self.enrolment.device,
            key: self.enrolment.device_key,
            enrolled_by: self.enrolment.member,
            standing: Standing::Active,
            also: None,
        }
    }
}

/// Takes a member and the devices that nobody else works with out of the next version, and asks for other keys where they knew one.
pub(super) fn without(edit: DirectoryEdit, known: &VerifiedDirectory, member: MemberId) -> Result<DirectoryEdit, CommandError> {
    let not_found = |_| CommandError::new(ErrorCode::NotFound);
    let mut edit = wanting_after(edit.with_member_standing(member, Standing::Revoked).map_err(not_found)?, known, member)?;
    let stays = |user: MemberId| user != member && known.active_member(&user).is_some();
    // What a colleague works with goes on working.
    for device in known.get().devices.iter().filter(|device| device.is_used_by(member) && !device.users().any(stays)) {
        edit = edit.with_device_standing(device.device, Standing::Revoked).map_err(not_found)?;
    }
    Ok(edit)
}

/// Roles in their order, each once; at least one.
pub(super) fn roles_of(codes: &[RoleCode]) -> Result<Vec<Role>, CommandError> {
    let mut roles: Vec<Role> = codes.iter().map(|code| role(*code)).collect();
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() { Err(CommandError::new(ErrorCode::BadArguments)) } else { Ok(roles) }
}

fn role(code: RoleCode) -> Role {
    match code {
        RoleCode::Counsellor => Role::Counsellor,
        RoleCode::CaseManager => Role::CaseManager,
        RoleCode::TeamLeader => Role::TeamLeader,
        RoleCode::Clerk => Role::Clerk,
        RoleCode::Admin => Role::Admin,
    }
}

/// The code of a role.
pub fn role_code(role: Role) -> RoleCode {
    match role {
        Role::Counsellor => RoleCode::Counsellor,
        Role::CaseManager => RoleCode::CaseManager,
        Role::TeamLeader => RoleCode::TeamLeader,
        Role::Clerk => RoleCode::Clerk,
        Role::Admin => RoleCode::Admin,
    }
}
