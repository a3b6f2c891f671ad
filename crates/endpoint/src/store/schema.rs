//! Opening the database file, and bringing its tables to the version this program knows.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::fault::StoreFault;

/// In order; the place in the list, from 1, is the `user_version`. Append only.
const MIGRATIONS: [&str; 14] = [
    include_str!("../../migrations/0001_mailbox.sql"),
    include_str!("../../migrations/0002_replacement.sql"),
    include_str!("../../migrations/0003_grace.sql"),
    include_str!("../../migrations/0004_rewrap.sql"),
    include_str!("../../migrations/0005_distribution.sql"),
    include_str!("../../migrations/0006_report.sql"),
    include_str!("../../migrations/0007_device_state.sql"),
    include_str!("../../migrations/0008_moved_and_shown.sql"),
    include_str!("../../migrations/0009_note.sql"),
    include_str!("../../migrations/0010_question_seen.sql"),
    include_str!("../../migrations/0011_shared_device.sql"),
    include_str!("../../migrations/0012_acceptance.sql"),
    include_str!("../../migrations/0013_asked_at.sql"),
    include_str!("../../migrations/0014_canary.sql"),
];

/// Opens the file for the one writer, creating and migrating it.
pub(super) fn open_writer(file: &Path, max_pages: Option<u32>) -> Result<Connection, StoreFault> {
    let mut sql = Connection::open(file)?;
    harden(&sql)?;
    sql.pragma_update(None, "journal_mode", "WAL")?;
    sql.pragma_update(None, "synchronous", "FULL")?;
    sql.pragma_update(None, "secure_delete", "ON")?;
    sql.pragma_update(None, "foreign_keys", "ON")?;
    // Checkpoints are run by hand: SQLite swallows the errors of automatic ones, and an fsync error must stop the endpoint.
    sql.pragma_update(None, "wal_autocheckpoint", 0)?;
    if let Some(pages) = max_pages {
        sql.pragma_update(None, "max_page_count", pages)?;
    }
    sql.set_prepared_statement_cache_capacity(128);
    migrate(&mut sql)?;
    Ok(sql)
}

/// Opens the file for reading only.
pub(super) fn open_reader(file: &Path) -> Result<Connection, StoreFault> {
    let sql = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    harden(&sql)?;
    sql.pragma_update(None, "query_only", "ON")?;
    sql.set_prepared_statement_cache_capacity(64);
    Ok(sql)
}

/// Nothing in a crafted file may run code or reach further than its tables.
fn harden(sql: &Connection) -> Result<(), StoreFault> {
    sql.pragma_update(None, "trusted_schema", "OFF")?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    sql.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(())
}

fn migrate(sql: &mut Connection) -> Result<(), StoreFault> {
    let done: u32 = sql.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if done as usize > MIGRATIONS.len() {
        return Err(StoreFault::Damaged("tables of a newer version"));
    }
    for (number, statements) in (1_u32..).zip(MIGRATIONS).skip(done as usize) {
        let transaction = sql.transaction()?;
        transaction.execute_batch(statements)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    const FROZEN: [&str; 14] = [
        "104a3b17e1f898d2b1f7cda2134557bf6aa0bf8a8905452c43f16a03acfdf5d1",
        "c9d59543a9c7119765e9a030e7f4b5779224b93ca2eb4d287320fcfa1dd75cf0",
        "b85df6fb0616cc9c304c7ee4c386572d1ae5bad80ddbacf311fc889819bfe884",
        "2ac2ceddbf701203d295ca09f78b71d2de1eeb940c184c728b66ee5f9013a2bd",
        "e50d701c5e8808d05158a8d0220847d331bd99cc04d75393effb9c0c24b2bba1",
        "74b89fce90bf3b449855c407c033c6a33ddf5b3bfa4cb816ab486a1487a3f077",
        "ffc7377e890457520810e932d0142daafce4d7926c75be9972c9aad7e84643f0",
        "dde700e2168ae1413738b20e4ef149076207d002767081d7993892529be239eb",
        "8cbec3f607897c9f080f72418b58a065f4b9f819c619b518bc05196608a9cbe2",
        "875e29e63a89ce9d8ce3abae2103030152647974942eb4584ea078455dc878f6",
        "e482e12cb85b45fd177e9cbe5b61f99863f5139ce6454740015fb69a216eb66b",
        "95a438dda3a6a488982281801b84e13647bfaca8624c5b6eee119d7aa0ef7e94",
        "ee3876d6027f6691b4d928b38dd6606b4f0db3764e6ccfd36bc5d5698dcb8102",
        "4c5464cb05ec52fe5265a9826775ae877cd2cae16339b3e8105416a1e2b50b65",
    ];

    #[test]
    fn released_migrations_are_never_edited() {
        for (statements, frozen) in MIGRATIONS.iter().zip(FROZEN) {
            assert_eq!(hex::encode(Sha256::digest(statements.as_bytes())), frozen, "write a new migration instead");
        }
    }

    #[test]
    fn tables_of_a_newer_version_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("mailbox.sqlite");
        drop(open_writer(&file, None).unwrap());
        Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(open_writer(&file, None), Err(StoreFault::Damaged(_))));
    }

    #[test]
    fn the_writer_is_durable_and_erases_what_it_deletes() {
        let dir = tempfile::tempdir().unwrap();
        let sql = open_writer(&dir.path().join("mailbox.sqlite"), None).unwrap();
        let number = |name: &str| sql.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(number("synchronous"), 2, "FULL");
        assert_eq!(number("secure_delete"), 1);
        assert_eq!(number("trusted_schema"), 0);
        assert_eq!(sql.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0)).unwrap(), "wal");
    }
}
