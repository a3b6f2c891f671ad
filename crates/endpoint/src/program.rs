//! What the program does: a thin shell over the library.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clock::SystemClock;
use endpoint::config::{Config, ConfigError};
use endpoint::{AuditFileError, DataDirError, Described, RunningEndpoint, ServeError, ServeOptions, SetupError, TlsError};
use serde_json::{Value, json};

use crate::arguments::{Arguments, Audit, Command, Serve};

/// Why the program ended otherwise than in order.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Setup(#[from] SetupError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Audit(#[from] AuditFileError),
    #[error(transparent)]
    File(#[from] DataDirError),
    #[error("standard output or a signal handler: {0}")]
    System(#[from] std::io::Error),
}

pub(crate) fn run(arguments: Arguments) -> ExitCode {
    log_to_stderr();
    match dispatch(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tracing::error!("{failure}");
            ExitCode::from(exit_code(&failure))
        }
    }
}

fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::Init(init) => print(&described(&init.data.data, &endpoint::init(&init.data.data, &init.names)?)),
        Command::Identity(data) => print(&described(&data.data, &endpoint::describe(&data.data)?)),
        Command::Audit(audit) => export(&audit),
        Command::Openapi => print_text(&endpoint::openapi_document()),
        Command::Serve(serve) => runtime()?.block_on(serve_until_signal(serve)),
    }
}

fn export(audit: &Audit) -> Result<(), Failure> {
    let file = endpoint::audit_file(&audit.data.data, &SystemClock)?;
    let bytes = file.encode();
    endpoint::write_new(&audit.out, &bytes)?;
    print(&json!({ "event": "audit", "file": audit.out.display().to_string(), "bytes": bytes.len() }))
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

async fn serve_until_signal(serve: Serve) -> Result<(), Failure> {
    let mut config = Config::load(&serve.data.data)?;
    config.listen = serve.listen.unwrap_or(config.listen);
    config.plain_http |= serve.plain_http;
    let plain_http = config.plain_http;
    // Before the line that says "listening": whoever reads it may send a signal at once.
    let stop = stop_signal()?;
    let running = endpoint::serve(ServeOptions { data_dir: serve.data.data, config, clock: Arc::new(SystemClock) }).await?;
    print(&listening(&running, plain_http))?;
    stop.await;
    tracing::info!("stopping");
    running.shutdown().await;
    Ok(())
}

#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    Ok(async {
        // Without a handler the system ends the process by itself.
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn listening(running: &RunningEndpoint, plain_http: bool) -> Value {
    let scheme = if plain_http { "http" } else { "https" };
    json!({
        "event": "listening",
        "address": running.addr.to_string(),
        "port": running.addr.port(),
        "url": format!("{scheme}://{}", running.addr),
        "receipt_key": running.identity.receipt_key.to_string(),
        "tls_pin": running.identity.tls_pin.map(|pin| pin.to_string()),
        "office": running.identity.office.map(|office| office.to_string()),
        "founding_code": running.founding_code.as_deref(),
    })
}

fn described(dir: &Path, described: &Described) -> Value {
    json!({
        "event": "identity",
        "data": dir.display().to_string(),
        "generation": described.generation,
        "receipt_key": described.receipt_key.to_string(),
        "tls_pin": described.tls_pin.to_string(),
        "founding_code": described.founding_code.as_deref(),
    })
}

/// The one printer of this program.
fn print(line: &Value) -> Result<(), Failure> {
    print_text(&format!("{line}\n"))
}

fn print_text(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

fn exit_code(failure: &Failure) -> u8 {
    match failure {
        Failure::System(_) => 1,
        Failure::File(_) | Failure::Audit(AuditFileError::DataDir(_) | AuditFileError::NotFounded) => 3,
        Failure::Audit(AuditFileError::Store(_)) => 7,
        Failure::Setup(SetupError::DataDir(error)) | Failure::Serve(ServeError::DataDir(error)) => match error {
            DataDirError::Busy(_) => 4,
            _ => 3,
        },
        Failure::Setup(SetupError::Tls(TlsError::File(_))) | Failure::Serve(ServeError::Tls(TlsError::File(_))) => 3,
        Failure::Setup(SetupError::Tls(_)) | Failure::Serve(ServeError::Tls(_) | ServeError::Config(_)) | Failure::Config(_) => 5,
        Failure::Serve(ServeError::Listen(_, _)) => 6,
        Failure::Serve(ServeError::Store(_)) => 7,
    }
}
