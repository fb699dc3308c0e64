namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// The schema as numbered migrations. A released migration never changes; a new one is appended. The number of the last
/// one applied is the file's user_version.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>"MTRG": tells this program's files from any other SQLite database.</summary>
    internal const int ApplicationId = 0x4D545247;

    internal static int Version => Migrations.Length;

    private static readonly string[] Migrations =
    [
        // 1: readings (docs/decisions/0003-how-readings-are-stored.md), quarantine, registry.
        """
        CREATE TABLE board (id INTEGER PRIMARY KEY, eui TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE layout (id INTEGER PRIMARY KEY, channels TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE board_layout (
            board_id INTEGER NOT NULL, layout_id INTEGER NOT NULL,
            PRIMARY KEY (board_id, layout_id)) STRICT, WITHOUT ROWID;
        CREATE TABLE sample (
            board_id INTEGER NOT NULL, time INTEGER NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL,
            up INTEGER NOT NULL, state INTEGER NOT NULL, layout_id INTEGER NOT NULL, vals BLOB NOT NULL,
            PRIMARY KEY (board_id, time, boot, seq)) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX sample_key ON sample (board_id, boot, seq);
        CREATE TABLE boot (
            board_id INTEGER NOT NULL, boot INTEGER NOT NULL,
            clk INTEGER NOT NULL, seq INTEGER NOT NULL, epoch INTEGER NOT NULL,
            PRIMARY KEY (board_id, boot)) STRICT, WITHOUT ROWID;
        CREATE TABLE undated (
            board_id INTEGER NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL,
            up INTEGER NOT NULL, state INTEGER NOT NULL, layout_id INTEGER NOT NULL, vals BLOB NOT NULL,
            PRIMARY KEY (board_id, boot, seq)) STRICT, WITHOUT ROWID;
        CREATE TABLE quarantine (
            id INTEGER PRIMARY KEY AUTOINCREMENT, fingerprint BLOB NOT NULL UNIQUE,
            source TEXT NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL, reason TEXT NOT NULL,
            first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, times INTEGER NOT NULL) STRICT;
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE registry_version (
            id INTEGER PRIMARY KEY AUTOINCREMENT, saved_ms INTEGER NOT NULL,
            author TEXT NOT NULL, reason TEXT NOT NULL, document BLOB NOT NULL) STRICT;
        """,

        // 2: what waits to be forwarded, the correction ledger, notes handed out, weather.
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL,
            board_id INTEGER NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL, queued_ms INTEGER NOT NULL) STRICT;
        CREATE TABLE correction (
            id INTEGER PRIMARY KEY AUTOINCREMENT, made_ms INTEGER NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
            kind INTEGER NOT NULL, board TEXT NOT NULL, channel TEXT NOT NULL, from_s INTEGER NOT NULL, to_s INTEGER NOT NULL,
            amount INTEGER, before_json TEXT NOT NULL, after_json TEXT NOT NULL,
            revoked_ms INTEGER, revoked_by TEXT, revoked_reason TEXT) STRICT;
        CREATE TABLE issued_note (
            id INTEGER PRIMARY KEY AUTOINCREMENT, issued_ms INTEGER NOT NULL, building TEXT NOT NULL,
            from_s INTEGER NOT NULL, to_s INTEGER NOT NULL, language TEXT NOT NULL, format TEXT NOT NULL,
            channels TEXT NOT NULL, data_hash TEXT NOT NULL, readings INTEGER NOT NULL,
            file_hash TEXT NOT NULL, file_name TEXT NOT NULL) STRICT;
        CREATE TABLE weather_station (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE weather (
            station_id INTEGER NOT NULL, time INTEGER NOT NULL,
            temperature INTEGER, humidity INTEGER, pressure INTEGER, wind INTEGER, radiation INTEGER, rain INTEGER,
            source TEXT NOT NULL,
            PRIMARY KEY (station_id, time)) STRICT, WITHOUT ROWID;
        """,

        // 3: what a note handed out stands on beside its period, and its values, so that a re-issue tells what changed.
        """
        ALTER TABLE issued_note ADD COLUMN data_from_s INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE issued_note ADD COLUMN data_to_s INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE issued_note ADD COLUMN settings_hash TEXT NOT NULL DEFAULT '';
        ALTER TABLE issued_note ADD COLUMN vals BLOB NOT NULL DEFAULT x'';
        UPDATE issued_note SET data_from_s = from_s, data_to_s = to_s;
        """,

        // 4: what keeps a running collector from going on, for who looks at the store from outside.
        """
        CREATE TABLE trouble (name TEXT PRIMARY KEY, since_ms INTEGER NOT NULL, words TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """,

        // 5: alerts (values in thousandths of their unit) and the messages about them that wait to be sent.
        """
        CREATE TABLE alert (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, subject TEXT NOT NULL,
            raised_ms INTEGER NOT NULL, raised_value INTEGER NOT NULL, cleared_ms INTEGER, cleared_value INTEGER,
            acknowledged_ms INTEGER, acknowledged_by TEXT, acknowledged_note TEXT) STRICT;
        CREATE INDEX alert_open ON alert (kind, subject) WHERE cleared_ms IS NULL;
        CREATE TABLE alert_message (
            id INTEGER PRIMARY KEY AUTOINCREMENT, alert_id INTEGER NOT NULL, is_raised INTEGER NOT NULL, channel TEXT NOT NULL,
            queued_ms INTEGER NOT NULL, next_ms INTEGER NOT NULL, attempts INTEGER NOT NULL) STRICT;
        """,

        // 6: accounts, sessions, one-time links, API keys; the audit log, which grows at its end and is cut at its beginning
        // only, up to a checkpoint that keeps the hash of what is gone.
        """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, role TEXT NOT NULL,
            password TEXT, subject TEXT UNIQUE, created_ms INTEGER NOT NULL, disabled_ms INTEGER, erased_ms INTEGER,
            last_login_ms INTEGER, failures INTEGER NOT NULL DEFAULT 0, locked_until_ms INTEGER) STRICT;
        CREATE TABLE account_scope (
            account_id INTEGER NOT NULL, building TEXT NOT NULL, dwelling TEXT NOT NULL,
            PRIMARY KEY (account_id, building, dwelling)) STRICT, WITHOUT ROWID;
        CREATE TABLE session (
            token BLOB PRIMARY KEY, account_id INTEGER NOT NULL, created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX session_account ON session (account_id);
        CREATE TABLE one_time_link (
            token BLOB PRIMARY KEY, account_id INTEGER NOT NULL, expires_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE api_key (
            id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL, token BLOB NOT NULL UNIQUE, name TEXT NOT NULL,
            scopes TEXT NOT NULL, created_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL, revoked_ms INTEGER, used_ms INTEGER) STRICT;
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
            detail TEXT NOT NULL, address TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
        CREATE TABLE audit_checkpoint (
            last_id INTEGER PRIMARY KEY, made_ms INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'The audit log cannot be edited.'); END;
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN OLD.id > (SELECT coalesce(max(last_id), 0) FROM audit_checkpoint)
            BEGIN SELECT RAISE(ABORT, 'The audit log cannot be edited.'); END;
        CREATE TRIGGER audit_at_its_end BEFORE INSERT ON audit
            WHEN NEW.id <> 1 + max((SELECT coalesce(max(id), 0) FROM audit), (SELECT coalesce(max(last_id), 0) FROM audit_checkpoint))
            BEGIN SELECT RAISE(ABORT, 'The audit log grows at its end only.'); END;
        CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'The audit log cannot be edited.'); END;
        CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'The audit log cannot be edited.'); END;
        """,

        // 7: boards' last status and events; what the pages show of a building at a glance.
        """
        CREATE TABLE board_state (
            board TEXT PRIMARY KEY, heard_ms INTEGER NOT NULL, status_ms INTEGER, status TEXT NOT NULL, events TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE building_summary (
            building TEXT PRIMARY KEY, made_ms INTEGER NOT NULL, document TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """,

        // 8: conflicting samples that were taken in under a boot or board of their own.
        """
        CREATE TABLE adoption (
            id INTEGER PRIMARY KEY AUTOINCREMENT, made_ms INTEGER NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
            board TEXT NOT NULL, boot INTEGER NOT NULL, to_board TEXT NOT NULL, to_boot INTEGER NOT NULL, samples INTEGER NOT NULL) STRICT;
        """,

        // 9: when a waiting sample was taken, so that those of a board are read side by side; null where it was queued before.
        """
        ALTER TABLE outbox ADD COLUMN time INTEGER;
        """,

        // 10: acceptance sheets of boards.
        """
        CREATE TABLE acceptance (
            id INTEGER PRIMARY KEY AUTOINCREMENT, board TEXT NOT NULL, made_ms INTEGER NOT NULL, actor TEXT NOT NULL, document TEXT NOT NULL) STRICT;
        CREATE INDEX acceptance_board ON acceptance (board, id);
        """,
    ];

    /// <summary>Brings the file to <see cref="Version"/>, each migration in one transaction.</summary>
    internal static void Migrate(SqliteSession session, string path) => Migrate(session, path, Version);

    /// <summary>Stops at an older version, for tests of what follows.</summary>
    internal static void Migrate(SqliteSession session, string path, int upTo)
    {
        var found = session.Scalar("PRAGMA user_version");
        var application = session.Scalar("PRAGMA application_id");
        var tables = session.Scalar("SELECT count(*) FROM sqlite_master");
        if (application != ApplicationId && (application != 0 || tables != 0))
        {
            throw new StoreOpenException($"{path} is an SQLite database of another program; choose another data directory.");
        }

        if (found > Version)
        {
            throw new StoreOpenException(FormattableString.Invariant(
                $"{path} has schema {found}, this program knows up to {Version}: it was written by a newer version. Install that version, or restore a backup made before."));
        }

        for (var next = found; next < upTo; next++)
        {
            session.Execute(FormattableString.Invariant(
                $"BEGIN IMMEDIATE; {Migrations[next]} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {next + 1}; COMMIT;"));
        }
    }
}
