using System.Globalization;
using System.Security.Cryptography;
using Metering.Collector.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Metering.Collector.Storage.Backup;

/// <summary>A backup file.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Hash">SHA-256, to compare with after it was carried elsewhere.</param>
public sealed record BackupFile(string Path, long Bytes, string Hash);

/// <summary>A backup or a restore did not happen; the message says why and what to do. Nothing was changed.</summary>
public sealed class BackupException : Exception
{
    public BackupException()
    {
    }

    public BackupException(string message)
        : base(message)
    {
    }

    public BackupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// Copies of the whole store (readings, registry with history, ledger, quarantine) in one file, taken while it serves:
/// the copy is what was committed when it began, whatever is written meanwhile.
/// </summary>
public static class StoreBackup
{
    /// <summary>Writes a backup. The file appears under its name only when it is complete and checked.</summary>
    /// <param name="dataDirectory">The store's folder.</param>
    /// <param name="file">The backup.</param>
    /// <param name="force">Overwrite an existing file.</param>
    /// <param name="cancellationToken">Checked between the steps.</param>
    /// <exception cref="BackupException">It could not be made.</exception>
    public static Task<BackupFile> CreateAsync(string dataDirectory, string file, bool force, CancellationToken cancellationToken)
    {
        var source = Path.Combine(dataDirectory, SqliteDatabase.FileName);
        var target = Path.GetFullPath(file);
        if (!File.Exists(source))
        {
            throw new BackupException($"'{dataDirectory}' holds no store.");
        }

        if (File.Exists(target) && !force)
        {
            throw new BackupException($"'{file}' exists; give another name or --force.");
        }

        return Task.Run(
            () =>
            {
                var partial = target + ".partial";
                try
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    Discard(partial);
                    using (var session = SqliteSession.Open(source, SqliteOpenMode.ReadWrite))
                    {
                        // A copy under one read transaction; the online backup API starts anew at each write of others.
                        session.Prepare("VACUUM INTO ?").Bind(1, partial).Execute();
                    }

                    Check(partial);
                    cancellationToken.ThrowIfCancellationRequested();
                    Flush(partial);
                    File.Move(partial, target, overwrite: true);
                    return Describe(target);
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException or StoreUnavailableException)
                {
                    throw new BackupException($"The backup '{file}' could not be written: {failure.Message}", failure);
                }
                finally
                {
                    Discard(partial);
                }
            },
            cancellationToken);
    }

    /// <summary>Puts a backup into a data folder.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="dataDirectory">The folder; made when it is not there.</param>
    /// <param name="time">Dates the name under which a store that is there already is kept.</param>
    /// <param name="force">Take the place of a store that is there already: it is kept beside under another name.</param>
    /// <param name="cancellationToken">Checked between the steps.</param>
    /// <returns>Where the former store is kept, or null when there was none.</returns>
    /// <exception cref="BackupException">It could not be restored.</exception>
    public static Task<string?> RestoreAsync(string file, string dataDirectory, TimeProvider time, bool force, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        var target = Path.GetFullPath(Path.Combine(dataDirectory, SqliteDatabase.FileName));
        if (!File.Exists(file))
        {
            throw new BackupException($"There is no file '{file}'.");
        }

        if (File.Exists(target) && !force)
        {
            throw new BackupException($"'{dataDirectory}' holds a store; restore into another folder, or take its place with --force.");
        }

        return Task.Run(
            () =>
            {
                var partial = target + ".partial";
                try
                {
                    Check(file);
                    Directory.CreateDirectory(dataDirectory);
                    File.Copy(file, partial, overwrite: true);
                    Flush(partial);
                    cancellationToken.ThrowIfCancellationRequested();
                    var former = File.Exists(target) ? SetAside(target, time) : null;
                    File.Move(partial, target);
                    return former;
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException or StoreUnavailableException)
                {
                    throw new BackupException($"'{file}' could not be restored: {failure.Message}", failure);
                }
                finally
                {
                    Discard(partial);
                }
            },
            cancellationToken);
    }

    /// <summary>A whole, undamaged store of a schema that this program knows.</summary>
    private static void Check(string file)
    {
        try
        {
            using var session = SqliteSession.Open(file, SqliteOpenMode.ReadOnly);
            if (session.Scalar("PRAGMA application_id") != SqliteSchema.ApplicationId)
            {
                throw new BackupException($"'{file}' is no backup of this program.");
            }

            if (session.Scalar("PRAGMA user_version") is var version && version > SqliteSchema.Version)
            {
                throw new BackupException(string.Create(
                    CultureInfo.InvariantCulture, $"'{file}' has schema {version}, this program knows up to {SqliteSchema.Version}: install the newer version."));
            }

            var check = session.Prepare("PRAGMA integrity_check(1)");
            check.Step();
            var verdict = check.Text(0);
            check.Reset();
            if (verdict != "ok")
            {
                throw new BackupException($"'{file}' is damaged: {verdict}");
            }
        }
        catch (Exception failure) when (failure is SqliteException or StoreUnavailableException)
        {
            throw new BackupException($"'{file}' is no backup of this program, or it is damaged.", failure);
        }
    }

    /// <summary>Folds the log of the former store into its file and renames it; fails while another process has it open.</summary>
    private static string SetAside(string target, TimeProvider time)
    {
        try
        {
            using var session = SqliteSession.Open(target, SqliteOpenMode.ReadWrite);
            session.Execute("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE");
        }
        catch (StoreUnavailableException busy)
        {
            throw new BackupException($"'{target}' is in use: stop the collector first.", busy);
        }
        catch (SqliteException)
        {
            // A damaged file is what a restore is for: keep it as it is.
        }

        var former = string.Create(CultureInfo.InvariantCulture, $"{target}.before-restore-{time.GetUtcNow():yyyyMMddTHHmmssfff}Z");
        File.Move(target, former);
        foreach (var suffix in new[] { "-wal", "-shm" })
        {
            if (File.Exists(target + suffix))
            {
                File.Move(target + suffix, former + suffix);
            }
        }

        return former;
    }

    private static void Discard(string partial)
    {
        if (File.Exists(partial))
        {
            File.Delete(partial);
        }
    }

    private static void Flush(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    private static BackupFile Describe(string file)
    {
        using var stream = File.OpenRead(file);
        return new BackupFile(file, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
