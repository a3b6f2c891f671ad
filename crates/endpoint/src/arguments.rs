//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or stopped in order by SIGTERM or SIGINT
  1  a fault of the program
  2  wrong arguments
  3  the data directory is not usable (not initialised, there already, open to others)
  4  another process works with the data directory
  5  settings or TLS files are not usable
  6  the address cannot be listened on
  7  the database is not usable

Log lines go to standard error; RUST_LOG sets their level (default: info). They name key ids, record ids and state changes, never contents.";

/// The blind mailbox of Bogen: stores sealed envelopes, signs receipts, distributes, destroys.
#[derive(Debug, Parser)]
#[command(name = "bogen-endpoint", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make an endpoint: keys, certificate, founding code, settings.
    Init(Init),
    /// Serve until SIGTERM or SIGINT. Prints one line of JSON when it listens; with the founding code until the office is founded.
    Serve(Serve),
    /// Print what distinguishes this endpoint from any other, as one line of JSON; with the founding code until the office is founded.
    Identity(Data),
    /// Write the log for an audit: directories, leaves, the newest head, and which envelopes are here. May run while the endpoint serves. No tag, no answer
    /// and no customer is in it; the directories name the staff.
    Audit(Audit),
    /// Print the OpenAPI document.
    Openapi,
}

#[derive(Debug, Args)]
pub(crate) struct Data {
    /// The data directory.
    #[arg(long, value_name = "DIR", env = "BOGEN_ENDPOINT_DATA")]
    pub(crate) data: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The file to write; it must not exist yet.
    #[arg(value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Host names and addresses for the self-signed certificate.
    #[arg(long = "name", value_name = "HOST", default_values = ["localhost", "127.0.0.1", "::1"])]
    pub(crate) names: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Address and port to listen on, instead of the one in endpoint.toml; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// HTTP without TLS; refused unless the address is a loopback address.
    #[arg(long)]
    pub(crate) plain_http: bool,
}
