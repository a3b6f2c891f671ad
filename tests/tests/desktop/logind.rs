//! A private bus in the place of the system's, and somebody on it who plays logind.

use std::io::{BufRead, BufReader};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};

use gio::glib::{MainContext, MainLoop, ToVariant, Variant};
use gio::{Cancellable, DBusCallFlags, DBusConnection, DBusConnectionFlags, DBusNodeInfo, UnixFDList};

const NAME: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const SESSION: &str = "/org/freedesktop/login1/session/test";
const INTERFACE: &str = "
    <node><interface name='org.freedesktop.login1.Manager'>
        <method name='Inhibit'>
            <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>
            <arg type='h' direction='out'/>
        </method>
        <method name='GetSessionByPID'><arg type='u' direction='in'/><arg type='o' direction='out'/></method>
    </interface></node>";

/// See the module. Dropping it ends the bus.
pub struct Logind {
    bus: Child,
    /// Where the bus is.
    pub address: String,
    connection: DBusConnection,
    delays: Receiver<Delay>,
}

/// Somebody asked for time before sleep: what for, how, and the end of the pipe that tells when the time was given back.
pub struct Delay {
    /// `what` and `mode` of the request.
    pub asked: (String, String),
    /// At its end once nobody holds sleep up any more.
    pub held: UnixStream,
}

impl Logind {
    /// Starts the bus in this folder.
    pub fn start(folder: &Path) -> Self {
        let address = format!("unix:path={}", folder.join("system-bus").display());
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address", &format!("--address={address}")])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut line = String::new();
        BufReader::new(bus.stdout.take().expect("it is piped")).read_line(&mut line).expect("it says where it is");
        let (send, ready) = channel();
        let (asked, delays) = channel();
        std::thread::spawn({
            let address = address.clone();
            move || serve(&address, &send, asked)
        });
        let connection = ready.recv().expect("logind is on the bus");
        Self { bus, address, connection, delays }
    }

    /// Waits until somebody asked for time before sleep.
    pub fn delay(&self) -> Delay {
        self.delays.recv_timeout(std::time::Duration::from_secs(60)).expect("somebody asks for time before sleep")
    }

    /// Says that the computer is about to sleep, or awake again.
    pub fn prepare_for_sleep(&self, begins: bool) {
        self.emit(PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", &(begins,).to_variant());
    }

    /// Orders the session's screen to be locked.
    pub fn lock_screen(&self) {
        self.emit(SESSION, "org.freedesktop.login1.Session", "Lock", &().to_variant());
    }

    fn emit(&self, path: &str, interface: &str, signal: &str, args: &Variant) {
        self.connection.emit_signal(None, path, interface, signal, Some(args)).expect("a signal");
        self.connection.flush_sync(Cancellable::NONE).expect("it is on its way");
    }
}

impl Drop for Logind {
    fn drop(&mut self) {
        // It is our child; nothing depends on how it ends.
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

fn serve(address: &str, ready: &Sender<DBusConnection>, asked: Sender<Delay>) {
    let context = MainContext::new();
    let served = context.with_thread_default(|| {
        let flags = DBusConnectionFlags::AUTHENTICATION_CLIENT | DBusConnectionFlags::MESSAGE_BUS_CONNECTION;
        let bus = DBusConnection::for_address_sync(address, flags, None, Cancellable::NONE).expect("the bus answers");
        bus.set_exit_on_close(false);
        let node = DBusNodeInfo::for_xml(INTERFACE).expect("it is XML");
        let interface = node.lookup_interface("org.freedesktop.login1.Manager").expect("it is there");
        let answer = move |_, _: &str, _: &str, _: &str, method: &str, args: Variant, call: gio::DBusMethodInvocation| {
            if method == "Inhibit" {
                let (what, _, _, mode) = args.get::<(String, String, String, String)>().expect("four texts");
                let (given, held) = UnixStream::pair().expect("a pair");
                let files = UnixFDList::from_array([OwnedFd::from(given)]);
                let reply = Variant::tuple_from_iter([Variant::from(gio::glib::variant::Handle(0))]);
                call.return_value_with_unix_fd_list(Some(&reply), Some(&files));
                // The test may be over.
                let _ = asked.send(Delay { asked: (what, mode), held });
            } else {
                let path = gio::glib::variant::ObjectPath::try_from(SESSION).expect("a path");
                call.return_value(Some(&(path,).to_variant()));
            }
        };
        let getter = |_, _: &str, _: &str, _: &str, _: &str| ().to_variant();
        let setter = |_, _: &str, _: &str, _: &str, _: &str, _| false;
        bus.register_object(PATH, &interface, answer, getter, setter).expect("it is served");
        let name = (NAME, 0_u32).to_variant();
        let owner = "org.freedesktop.DBus";
        bus.call_sync(Some(owner), "/org/freedesktop/DBus", owner, "RequestName", Some(&name), None, DBusCallFlags::NONE, 5_000, Cancellable::NONE)
            .expect("the name is free");
        ready.send(bus).expect("the test waits");
        MainLoop::new(Some(&context), false).run();
    });
    served.expect("the context is new");
}
