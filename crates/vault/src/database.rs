//! The SQLite file: how it is opened, migrated and checked.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Fault, OpenVaultError, Part};

/// Append-only: number n is `MIGRATIONS[n - 1]`. See `migrations/NOTES.md`.
const MIGRATIONS: [&str; 4] = [
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_witness.sql"),
    include_str!("../migrations/0003_forwarded.sql"),
    include_str!("../migrations/0004_recovery.sql"),
];

/// Opens the file that exists at `path` (perhaps empty), brings it to the newest schema and checks it.
pub(crate) fn open(path: &Path) -> Result<Connection, OpenVaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut conn = Connection::open_with_flags(path, flags).map_err(Fault::from)?;
    configure(&conn).map_err(Fault::from)?;
    migrate(&mut conn)?;
    check(&conn)?;
    Ok(conn)
}

fn configure(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_prepared_statement_cache_capacity(64);
    // Exclusive: one process has the vault, so the index of the WAL stays in its memory and no -shm file is written or mapped.
    conn.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA foreign_keys = ON;
         PRAGMA cell_size_check = ON;",
    )
}

fn version(conn: &Connection) -> rusqlite::Result<u32> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn migrate(conn: &mut Connection) -> Result<(), OpenVaultError> {
    let from = version(conn).map_err(Fault::from)?;
    let missing = MIGRATIONS.get(from as usize..).ok_or(OpenVaultError::Newer)?;
    for (number, sql) in (from + 1..).zip(missing) {
        let tx = conn.transaction().map_err(Fault::from)?;
        tx.execute_batch(sql).map_err(Fault::from)?;
        tx.pragma_update(None, "user_version", number).map_err(Fault::from)?;
        tx.commit().map_err(Fault::from)?;
    }
    Ok(())
}

/// A crafted file is refused before anything in it is used: its settings took hold, its pages are sound, its schema is ours and nothing more.
fn check(conn: &Connection) -> Result<(), OpenVaultError> {
    let setting = |pragma: &str| conn.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0)).map_err(Fault::from);
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0)).map_err(Fault::from)?;
    if mode != "wal" || setting("synchronous")? != 2 || setting("secure_delete")? != 1 || setting("foreign_keys")? != 1 {
        return Err(OpenVaultError::Damaged { what: Part::Database });
    }
    let pages: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(Fault::from)?;
    if pages != "ok" {
        return Err(OpenVaultError::Damaged { what: Part::Database });
    }
    if schema(conn).map_err(Fault::from)? != expected_schema().map_err(Fault::from)? {
        return Err(OpenVaultError::Damaged { what: Part::Schema });
    }
    Ok(())
}

type SchemaObject = (String, String, String, Option<String>);

fn schema(conn: &Connection) -> rusqlite::Result<Vec<SchemaObject>> {
    let mut statement = conn.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    rows.collect()
}

fn expected_schema() -> rusqlite::Result<Vec<SchemaObject>> {
    let conn = Connection::open_in_memory()?;
    for sql in MIGRATIONS {
        conn.execute_batch(sql)?;
    }
    schema(&conn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::sha256;

    fn fresh() -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().canonicalize().unwrap().join("vault.db");
        std::fs::File::create(&path).unwrap();
        (dir, path)
    }

    #[test]
    fn released_migrations_are_never_edited() {
        let digests: Vec<String> = MIGRATIONS.iter().map(|sql| sha256(sql.as_bytes()).to_string()).collect();
        assert_eq!(digests, include_str!("../migrations/digests.txt").lines().collect::<Vec<_>>());
    }

    #[test]
    fn every_earlier_schema_becomes_the_newest() {
        for known in 0..MIGRATIONS.len() {
            let (_dir, path) = fresh();
            let old = Connection::open(&path).unwrap();
            MIGRATIONS[..known].iter().for_each(|sql| old.execute_batch(sql).unwrap());
            old.pragma_update(None, "user_version", known as u32).unwrap();
            drop(old);
            assert_eq!(version(&open(&path).unwrap()).unwrap() as usize, MIGRATIONS.len());
        }
    }

    #[test]
    fn a_later_schema_is_left_alone() {
        let (_dir, path) = fresh();
        open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(open(&path), Err(OpenVaultError::Newer)));
    }

    #[test]
    fn a_trigger_added_by_hand_is_refused() {
        let (_dir, path) = fresh();
        open(&path).unwrap().execute_batch("CREATE TRIGGER keep BEFORE DELETE ON item BEGIN SELECT RAISE(IGNORE); END").unwrap();
        assert!(matches!(open(&path), Err(OpenVaultError::Damaged { what: Part::Schema })));
    }

    #[test]
    fn what_is_not_a_database_is_refused() {
        let (_dir, path) = fresh();
        std::fs::write(&path, [b'x'; 8192]).unwrap();
        assert!(matches!(open(&path), Err(OpenVaultError::Damaged { what: Part::Database })));
    }
}
