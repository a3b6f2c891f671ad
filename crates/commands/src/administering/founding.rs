//! Founding an office: the code that the endpoint printed authenticates both sides; the root key goes to paper. Until it is surely there, its shares lie under
//! the founder's key: the next contact or lock after the founding destroys them.

use std::sync::{Arc, Mutex};

use office::directory::{DirectoryEdit, Previous, RootPin};
use office::founding::FoundingCode;
use office::keys::SigningSecret;
use office::root::{OfficeRoot, office_fingerprint};
use office::tags::TagKey;
use protocol::api::{DirectoryReply, Done};
use protocol::directory::{Device, EndpointKeys, Member, Role, SignedDirectory, Standing};
use protocol::enrolment::{EndpointIdentity, FoundRequest, IdentityReply};
use protocol::problem::ProblemCode;
use protocol::{Digest, MemberId, OfficeId, UnixTime, to_cbor};
use reqwest::Method;
use sync::{CallError, ClientOptions, EndpointClient, TlsTrust};

use super::begun::{self, Beginning, Begun};
use crate::App;
use crate::api::{CommandError, ErrorCode, FoundOffice, Founded};
use crate::app::off_the_desk;
use crate::desk::{BEGUN_FOUNDING, NewMember, trust};
use crate::ids::new_id;
use crate::recovering::recovery_public;
use crate::settings;
use crate::stored::{FoundingItem, OfficeState, UserState};

/// How often the founding is asked for when replies are lost.
const FOUNDING_TRIES: u32 = 4;

/// What is decided before the endpoint is asked.
struct Draft {
    root: OfficeRoot,
    pin: RootPin,
    member: MemberId,
    secret: SigningSecret,
    device: protocol::DeviceId,
    device_key: protocol::PublicKey,
}

impl App {
    /// Founds an office; the caller becomes its first administrator. The same code again takes up what was begun with it, as it was typed then, and gives the
    /// same shares, until a contact or a lock has destroyed them.
    pub(crate) async fn found_office(&self, args: FoundOffice) -> Result<Founded, CommandError> {
        self.checked_new_user(&args.admin_name, &args.passphrase)?;
        let code = FoundingCode::parse(&args.code).map_err(|_| CommandError::new(ErrorCode::FoundingCodeWrong))?;
        // One at a time, from the keys to the last word about them.
        let _in_order = self.exchange_gate.lock().await;
        let id = code.id();
        let (has_office, is_done) = {
            let desk = self.desk();
            (desk.has_office(), desk.is_done(&id)?)
        };
        if has_office && !is_done {
            return Err(CommandError::new(ErrorCode::AlreadyEnrolled));
        }
        let args = Arc::new(args);
        let begun = match self.take_up_founding(id, &args).await? {
            Some(begun) => begun,
            None if is_done => return Err(CommandError::new(ErrorCode::AlreadyEnrolled)),
            None => self.begin_founding(&code, &args).await?,
        };
        if !is_done {
            self.ask_to_found(id, &args.url, &begun.item).await?;
        }
        let founded = Founded { root_shares: begun.item.shares.clone(), fingerprint: office_fingerprint(&begun.item.request.root_key) };
        self.settle_founding(id, &args, begun)?;
        self.changed();
        Ok(founded)
    }

    async fn take_up_founding(&self, id: [u8; 16], args: &Arc<FoundOffice>) -> Result<Option<Begun<FoundingItem>>, CommandError> {
        let (vault, args) = (Arc::clone(&self.desk().vault), Arc::clone(args));
        off_the_desk(move || begun::take_up(&vault, &beginning(id, &args))).await?
    }

    /// Everything is decided and durable here before the endpoint is asked: a cut in between leaves neither an office that nobody can enter nor one without
    /// its root key.
    async fn begin_founding(&self, code: &FoundingCode, args: &Arc<FoundOffice>) -> Result<Begun<FoundingItem>, CommandError> {
        let identity = meet_endpoint(&args.url, code).await?;
        let draft = self.draft_office();
        let directory = draft.directory(args, &identity, self.now())?;
        let item = FoundingItem {
            version: 1,
            office: draft.pin.office,
            member: draft.member,
            name: args.admin_name.trim().to_owned(),
            seed: *draft.secret.expose_seed(),
            tag_key: *TagKey::make().expose_bytes(),
            tls_pin: identity.tls_pin,
            shares: draft.root.split().iter().map(|share| share.to_string()).collect(),
            request: FoundRequest { root_key: draft.pin.root_key, mac: code.mac_founding(&draft.pin.root_key, &directory), directory },
        };
        let (vault, args, id) = (Arc::clone(&self.desk().vault), Arc::clone(args), code.id());
        off_the_desk(move || begun::begin_anew(&vault, &beginning(id, &args), item)).await?
    }

    async fn ask_to_found(&self, id: [u8; 16], url: &str, item: &FoundingItem) -> Result<(), CommandError> {
        let client = EndpointClient::new(&ClientOptions { url: url.to_owned(), trust: trust(item.tls_pin, None), version: crate::VERSION })?;
        match send(&client, &item.request).await {
            Ok(()) => Ok(()),
            Err(error) => {
                // Refused for good: of no use any more. Of everything else nobody knows whether it arrived.
                if let CallError::Problem(ProblemCode::AlreadyFounded | ProblemCode::Unauthenticated | ProblemCode::Malformed) = &error {
                    begun::give_up(&self.desk().vault, |note| note.id == id)?;
                }
                Err(error.into())
            }
        }
    }

    /// The device belongs to the office, and the founder is signed in.
    fn settle_founding(&self, id: [u8; 16], args: &FoundOffice, begun: Begun<FoundingItem>) -> Result<(), CommandError> {
        let Begun { session, item } = begun;
        let pin = RootPin { office: item.office, root_key: item.request.root_key };
        let user = UserState { version: 1, member: item.member, seed: item.seed, tag_key: item.tag_key, admin_serial: Some(1) };
        let office = OfficeState {
            directory: Some(to_cbor(&item.request.directory).into()),
            ..OfficeState::new(&pin, args.url.clone(), item.tls_pin, self.now())
        };
        self.desk().add_member(NewMember { session, begun: id, name: &item.name, office, user, at: self.now() })
    }

    fn draft_office(&self) -> Draft {
        let root = OfficeRoot::make();
        let pin = RootPin { office: OfficeId::from_random(new_id()), root_key: root.public_key() };
        let desk = self.desk();
        let (device, device_key) = desk.device();
        Draft { root, pin, member: MemberId::from_random(new_id()), secret: SigningSecret::make(), device, device_key }
    }
}

impl Draft {
    fn directory(&self, args: &FoundOffice, identity: &EndpointIdentity, now: UnixTime) -> Result<SignedDirectory, CommandError> {
        let endpoint = EndpointKeys {
            generation: identity.generation,
            receipt_key: identity.receipt_key,
            next_receipt_key: None,
            tls_pins: identity.tls_pin.into_iter().collect(),
        };
        let admin = Member {
            member: self.member,
            name: args.admin_name.trim().to_owned(),
            roles: vec![Role::Admin],
            teams: Vec::new(),
            key: self.secret.public_key(),
            standing: Standing::Active,
            collected_before: None,
        };
        let device = Device { device: self.device, key: self.device_key, enrolled_by: self.member, standing: Standing::Active, also: None };
        let certificate = self.root.certify(self.pin.office, self.member, self.secret.public_key(), 1, now);
        let invalid = |_| CommandError::new(ErrorCode::DirectoryInvalid);
        let (signed, _) = DirectoryEdit::founding(self.pin.office, args.office_name.trim(), endpoint, settings::assumed(args.demo), now)
            .with_member(admin)
            .with_device(device)
            .with_recovery(self.root.state_recovery_key(self.pin.office, &recovery_public(&self.root, self.pin.office)))
            .with_certificate(certificate)
            .map_err(|_| CommandError::new(ErrorCode::DirectoryInvalid))?
            .sign(1, &self.secret, &self.pin, Previous::Nothing)
            .map_err(invalid)?;
        Ok(signed)
    }
}

fn beginning(id: [u8; 16], args: &FoundOffice) -> Beginning<'_> {
    Beginning { id, kind: BEGUN_FOUNDING, name: args.admin_name.trim(), passphrase: &args.passphrase }
}

/// A lost reply says nothing about whether the office is founded; the very same request gets the very same answer.
async fn send(client: &EndpointClient, request: &FoundRequest) -> Result<(), CallError> {
    for _ in 1..FOUNDING_TRIES {
        match client.call_unsigned::<_, DirectoryReply>(Method::POST, "/v1/office", Some(request)).await {
            Ok(_) => return Ok(()),
            Err(error) if error.is_permanent() => return Err(error),
            Err(_) => tokio::time::sleep(std::time::Duration::from_secs(1)).await,
        }
    }
    client.call_unsigned::<_, DirectoryReply>(Method::POST, "/v1/office", Some(request)).await.map(|_| ())
}

/// Asks the endpoint who it is. The founding code's MAC covers its log key and TLS key; the TLS key must be the one that was shown in the handshake.
async fn meet_endpoint(url: &str, code: &FoundingCode) -> Result<EndpointIdentity, CommandError> {
    let shown: Arc<Mutex<Option<Digest>>> = Arc::default();
    let options = ClientOptions { url: url.to_owned(), trust: TlsTrust::Noted(Arc::clone(&shown)), version: crate::VERSION };
    let client = EndpointClient::new(&options)?;
    let challenge = new_id();
    let path = format!("/v1/identity?challenge={}", hex::encode(challenge));
    let reply: IdentityReply = client.call_unsigned::<Done, _>(Method::GET, &path, None).await?;
    // Unverified, and only for a better sentence: a founded endpoint gives no MAC at all.
    if reply.founding_mac.is_none() {
        return Err(CommandError::new(ErrorCode::AlreadyFounded));
    }
    let identity = code.verify_identity(&challenge, &reply).map_err(|_| CommandError::new(ErrorCode::FoundingCodeWrong))?;
    let shown = *shown.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if shown != identity.tls_pin {
        return Err(CommandError::new(ErrorCode::NotOurEndpoint));
    }
    Ok(identity)
}
