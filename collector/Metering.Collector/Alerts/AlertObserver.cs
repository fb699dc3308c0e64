using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Metering.Collector.Cli;
using Metering.Collector.Diagnostics;
using Metering.Collector.Provisioning;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Forwarding;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Alerts;
using Metering.Core.Registry;

namespace Metering.Collector.Alerts;

/// <summary>What the rules are given: one number a subject. What could not be measured is said to be unknown, never good.</summary>
internal sealed class AlertObserver(
    SqliteDatabase database, IReadingStore store, RegistryStore registry, BoardDirectory boards, TimeProvider clock, AlertSubjects subjects)
{
    private const double BytesPerMiB = 1 << 20;

    private readonly ChannelWatch channels = new(store);
    private readonly DriftWatch drift = new(store);

    /// <summary>Looks at everything once.</summary>
    /// <param name="now">Instant to look from.</param>
    /// <param name="thresholds">How long a silence is one.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<AlertObservation>> ObserveAsync(DateTimeOffset now, AlertThresholds thresholds, CancellationToken cancellationToken)
    {
        var snapshot = await registry.SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var seen = new List<AlertObservation> { new(new AlertKey(AlertKind.Disk, "store"), FreeMiB()) };
        var backlog = await ForwardBacklog.ReadAsync(database, clock, cancellationToken).ConfigureAwait(false);
        if (backlog.IsOn)
        {
            seen.Add(new AlertObservation(new AlertKey(AlertKind.ForwarderLag, "influxdb"), backlog.Lag.TotalMinutes));
        }

        Certificates(seen, now);
        var points = snapshot.Points.ToDictionary(static point => point.Id, StringComparer.Ordinal);
        foreach (var board in snapshot.Assignments.Where(a => a.From <= now && (a.To is null || a.To > now)).GroupBy(static a => a.Board, StringComparer.Ordinal))
        {
            await BoardAsync(seen, board.Key, [.. board.DistinctBy(static a => a.Channel)], points, now, thresholds, cancellationToken).ConfigureAwait(false);
        }

        seen.AddRange(await drift.ObserveAsync(snapshot, now, cancellationToken).ConfigureAwait(false));
        return seen;
    }

    private async Task BoardAsync(
        List<AlertObservation> seen, string board, IReadOnlyList<ChannelAssignment> assignments, Dictionary<string, MeteringPoint> points,
        DateTimeOffset now, AlertThresholds thresholds, CancellationToken cancellationToken)
    {
        var heard = boards.Find(board)?.LastHeard is { } at && at <= now ? at : (DateTimeOffset?)null;
        var watched = new List<(ChannelAssignment Assignment, ChannelSight Sight)>();
        foreach (var assignment in assignments)
        {
            var sight = await channels.LookAsync(assignment, points.GetValueOrDefault(assignment.PointId), now, cancellationToken).ConfigureAwait(false);
            watched.Add((assignment, sight));
            heard = sight.Last > heard || heard is null ? sight.Last ?? heard : heard;
        }

        // A board that was never heard is silent since it was registered.
        var silence = Minutes(now, heard ?? assignments.Min(static a => a.From));
        seen.Add(new AlertObservation(new AlertKey(AlertKind.SilentBoard, board), silence));
        foreach (var (assignment, sight) in watched)
        {
            var subject = assignment.Key.ToString();
            if (assignment.Quantity != Core.Readings.Quantity.PulseRegister)
            {
                // While the board is silent nothing is known of its sensors.
                seen.Add(new AlertObservation(
                    new AlertKey(AlertKind.SilentSensor, subject),
                    thresholds.SilentBoard.IsGood(silence) ? Minutes(now, sight.LastValue ?? assignment.From) : null));
            }

            seen.Add(new AlertObservation(new AlertKey(AlertKind.ImplausibleJump, subject), sight.GreatestJump));
        }
    }

    private void Certificates(List<AlertObservation> seen, DateTimeOffset now)
    {
        foreach (var (key, file) in subjects.CertificateFiles.DistinctBy(static c => c.File))
        {
            // The key of the settings and not where the file is: alerts are sent to people.
            seen.Add(new AlertObservation(new AlertKey(AlertKind.Certificate, key), DaysLeft(file, now)));
        }

        if (subjects.Boards is null)
        {
            return;
        }

        try
        {
            foreach (var board in subjects.Boards.List().Where(static b => b.Revoked is null && b.CertificateExpires is not null))
            {
                seen.Add(new AlertObservation(new AlertKey(AlertKind.Certificate, board.Board), (board.CertificateExpires!.Value - now).TotalDays));
            }
        }
        catch (UsageException)
        {
            // The list of boards cannot be read: the endpoint says so at each login.
        }
    }

    private double? FreeMiB()
    {
        try
        {
            return subjects.FreeBytes(database.Path) / BytesPerMiB;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static double? DaysLeft(string file, DateTimeOffset now)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            return (certificate.NotAfter.ToUniversalTime() - now.UtcDateTime).TotalDays;
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static double Minutes(DateTimeOffset now, DateTimeOffset since) => Math.Max(0, (now - since).TotalMinutes);
}

/// <summary>What is looked at besides the readings.</summary>
/// <param name="CertificateFiles">PEM files whose end matters, by their key in the settings.</param>
/// <param name="Boards">Credentials of boards, or null: none are checked.</param>
/// <param name="FreeBytes">Free bytes of the disk of a file.</param>
internal sealed record AlertSubjects(IReadOnlyList<(string Key, string File)> CertificateFiles, BoardCredentialFile? Boards, Func<string, long> FreeBytes)
{
    public static long FreeBytesOf(string file) => new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace;
}
