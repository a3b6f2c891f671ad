//! Locks when the computer goes to sleep or its screen is locked, before anybody sees anything else.
//!
//! Linux: logind says so beforehand, and waits. Everywhere: a wall clock that ran ahead of the running time means that the computer slept. That is noticed
//! within two seconds after waking, except on Windows, whose running time goes on while it sleeps.

use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use clock::{Clock, SystemClock};
use tauri::{AppHandle, Manager, Runtime};

use crate::desk::Desk;
use crate::window::MAIN;

/// How often the clocks are compared.
const LOOK: Duration = Duration::from_secs(2);
/// A wall clock may be corrected by some seconds without anybody having slept.
const SLACK: u64 = 15;
/// How long sleep is held up for the window's thread, and how long the page is given to show the lock. The system waits five seconds altogether.
const PATIENCE: Duration = Duration::from_secs(1);

/// Watches until the program ends.
pub fn watch<R: Runtime>(handle: &AppHandle<R>) {
    #[cfg(target_os = "linux")]
    logind::watch(handle.clone());
    tauri::async_runtime::spawn(compare_clocks(handle.clone()));
}

/// Takes the page out of sight, forgets the keys, and waits until the page knows.
fn before_sleep<R: Runtime>(handle: &AppHandle<R>) {
    show_page(handle, false);
    lock(handle);
}

/// Shows the page again: by now it is the lock screen.
fn after_sleep<R: Runtime>(handle: &AppHandle<R>) {
    // Again, in case that the news of going to sleep never came.
    lock(handle);
    show_page(handle, true);
}

/// The screen was locked, or the computer was asleep.
fn lock_at_once<R: Runtime>(handle: &AppHandle<R>) {
    before_sleep(handle);
    show_page(handle, true);
}

fn lock<R: Runtime>(handle: &AppHandle<R>) {
    handle.state::<Desk>().lock_before_the_page(PATIENCE);
}

/// Shows or hides what the window shows, and waits until that is done.
fn show_page<R: Runtime>(handle: &AppHandle<R>, shown: bool) {
    let Some(window) = handle.get_webview_window(MAIN) else { return };
    let (done, wait) = sync_channel(1);
    let page = window.as_ref().clone();
    let asked = handle.run_on_main_thread(move || {
        // A window that is being closed shows nothing anyway.
        let _ = if shown { page.show() } else { page.hide() };
        let _ = done.send(());
    });
    if asked.is_ok() {
        let _ = wait.recv_timeout(PATIENCE);
    }
}

async fn compare_clocks<R: Runtime>(handle: AppHandle<R>) {
    let mut before = (Instant::now(), SystemClock.now());
    loop {
        tokio::time::sleep(LOOK).await;
        let now = (Instant::now(), SystemClock.now());
        if has_slept(now.0.duration_since(before.0), now.1.since(before.1)) {
            let handle = handle.clone();
            // It waits for the window's thread and the page; nobody needs to know how it ends.
            let _ = tauri::async_runtime::spawn_blocking(move || lock_at_once(&handle)).await;
        }
        before = now;
    }
}

/// `running` stands still during sleep, the wall clock (in seconds) does not.
fn has_slept(running: Duration, wall: u64) -> bool {
    wall > running.as_secs() + SLACK
}

#[cfg(target_os = "linux")]
mod logind {
    //! `org.freedesktop.login1`, as systemd and elogind offer it on the system bus.

    use std::cell::RefCell;
    use std::rc::Rc;

    use gio::glib::{MainContext, MainLoop, ToVariant, Variant, VariantDict};
    use gio::{BusType, Cancellable, DBusCallFlags, DBusConnection, DBusSignalFlags, UnixFDList};
    use tauri::{AppHandle, Runtime};

    const NAME: &str = "org.freedesktop.login1";
    const PATH: &str = "/org/freedesktop/login1";
    const MANAGER: &str = "org.freedesktop.login1.Manager";
    const SESSION: &str = "org.freedesktop.login1.Session";
    /// Milliseconds to wait for an answer.
    const ANSWER_TIME: i32 = 2_000;

    /// Holds sleep up until it is dropped.
    type Delay = Rc<RefCell<Option<UnixFDList>>>;

    /// On a thread of its own, because the window's is needed to hide the page. Without a system bus there is nothing to hear.
    pub fn watch<R: Runtime>(handle: AppHandle<R>) {
        std::thread::spawn(move || {
            let context = MainContext::new();
            // Refused only if another thread had this context, which is new.
            let _ = context.with_thread_default(|| {
                let Ok(bus) = gio::bus_get_sync(BusType::System, Cancellable::NONE) else { return };
                // A bus that goes away must not end the program.
                bus.set_exit_on_close(false);
                hear_sleep(&bus, handle.clone());
                hear_screen_lock(&bus, handle);
                MainLoop::new(Some(&context), false).run();
            });
        });
    }

    fn hear_sleep<R: Runtime>(bus: &DBusConnection, handle: AppHandle<R>) {
        let delay: Delay = Rc::new(RefCell::new(hold_up(bus)));
        let flags = DBusSignalFlags::NONE;
        bus.signal_subscribe(Some(NAME), Some(MANAGER), Some("PrepareForSleep"), Some(PATH), None, flags, move |bus, _, _, _, _, args| {
            if args.try_get::<(bool,)>().is_ok_and(|(begins,)| begins) {
                super::before_sleep(&handle);
                // Now it may sleep.
                delay.replace(None);
            } else {
                delay.replace(hold_up(bus));
                super::after_sleep(&handle);
            }
        });
    }

    /// Asks for time before each sleep. Without it the page is hidden as soon as the program gets to it.
    fn hold_up(bus: &DBusConnection) -> Option<UnixFDList> {
        let args = ("sleep", "Bogen", "Locks and hides what is shown", "delay").to_variant();
        let answer = bus.call_with_unix_fd_list_sync(
            Some(NAME),
            PATH,
            MANAGER,
            "Inhibit",
            Some(&args),
            None,
            DBusCallFlags::NONE,
            ANSWER_TIME,
            UnixFDList::NONE,
            Cancellable::NONE,
        );
        answer.ok().map(|(_, files)| files)
    }

    /// Both ways in which a session says that its screen is locked: the order to do so, and the word that it is done.
    fn hear_screen_lock<R: Runtime>(bus: &DBusConnection, handle: AppHandle<R>) {
        let session = session_path(bus);
        let session = session.as_deref();
        let flags = DBusSignalFlags::NONE;
        let ordered = handle.clone();
        bus.signal_subscribe(Some(NAME), Some(SESSION), Some("Lock"), session, None, flags, move |_, _, _, _, _, _| super::lock_at_once(&ordered));
        let (interface, member) = (Some("org.freedesktop.DBus.Properties"), Some("PropertiesChanged"));
        bus.signal_subscribe(Some(NAME), interface, member, session, Some(SESSION), flags, move |_, _, _, _, _, args| {
            if says_locked(args) {
                super::lock_at_once(&handle);
            }
        });
    }

    fn says_locked(args: &Variant) -> bool {
        let changed = args.try_child_value(1).map(|changed| VariantDict::new(Some(&changed)));
        changed.is_some_and(|changed| changed.lookup::<bool>("LockedHint").is_ok_and(|hint| hint == Some(true)))
    }

    /// The session that this process belongs to; none: any session's lock counts.
    fn session_path(bus: &DBusConnection) -> Option<String> {
        let args = (std::process::id(),).to_variant();
        let flags = DBusCallFlags::NONE;
        let answer = bus.call_sync(Some(NAME), PATH, MANAGER, "GetSessionByPID", Some(&args), None, flags, ANSWER_TIME, Cancellable::NONE);
        Some(answer.ok()?.try_child_value(0)?.str()?.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_clock_that_ran_ahead_means_sleep_and_a_corrected_one_does_not() {
        let two = Duration::from_secs(2);
        assert!(has_slept(two, 60) && has_slept(two, 18));
        assert!(!has_slept(two, 2) && !has_slept(two, 17), "a corrected clock");
        assert!(!has_slept(Duration::from_secs(600), 600), "a busy machine");
        assert!(!has_slept(two, 0), "a clock that was put back");
    }
}
