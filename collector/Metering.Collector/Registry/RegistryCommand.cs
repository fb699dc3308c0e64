using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Registry;

namespace Metering.Collector.Registry;

/// <summary><c>metering registry import|export FILE</c></summary>
internal static class RegistryCommand
{
    public static Command Create() => new("registry", "Sites, buildings, points, boards, factors, targets as one document: example: metering registry export site.yaml")
    {
        Import(),
        Export(),
        History(),
    };

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "YAML, or JSON when the name ends in .json." };
        var data = CommonOptions.Data();
        var author = AuthorOption();
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the history.", HelpName = "TEXT" };
        var force = new Option<bool>("--force") { Description = "Also when entries of the present registry are not in the document." };
        var verb = new Command("import", "Replace the registry; its history is kept: example: metering registry import site.yaml --data metering-data")
        {
            file, data, author, reason, force,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(file)!;
            var registry = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
            await using var database = await DataFolder.OpenOrCreateAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var store = new RegistryStore(database);
            var changes = RegistryDocument.Compare(await store.SnapshotAsync(null, cancellationToken).ConfigureAwait(false), registry);
            var output = parsed.InvocationConfiguration.Output;
            if (changes.Count == 0)
            {
                await output.WriteLineAsync("The registry holds this already; nothing saved.").ConfigureAwait(false);
                return ExitCode.Done;
            }

            if (changes.Any(static change => change.Removed > 0) && !parsed.GetValue(force))
            {
                throw new UsageException("the document lacks entries of the present registry: " + Text(changes) + ". Export it first and edit that, or give --force.");
            }

            var saved = await store.SaveAsync(
                registry, parsed.GetValue(author)!, parsed.GetValue(reason) ?? "import of " + Path.GetFileName(path), cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Registry version {saved.Id}: {Text(changes)}.")).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "YAML, or JSON when the name ends in .json; - for YAML on the standard output." };
        var data = CommonOptions.Data();
        var force = CommonOptions.Force();
        var asOf = new Option<string?>("--as-of") { Description = "The registry as it was known then, such as 2026-03-01T00:00:00Z.", HelpName = "INSTANT" };
        var verb = new Command("export", "Write the registry: example: metering registry export site.yaml --as-of 2026-03-01T00:00:00Z")
        {
            file, data, asOf, force,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(file)!;
            if (path != "-" && File.Exists(path) && !parsed.GetValue(force))
            {
                throw new UsageException($"'{path}' exists; give another name or --force.");
            }

            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var registry = await new RegistryStore(database).SnapshotAsync(Instant(parsed.GetValue(asOf)), cancellationToken).ConfigureAwait(false);
            if (path == "-")
            {
                await parsed.InvocationConfiguration.Output.WriteAsync(RegistryDocument.Write(registry, RegistryFormat.Yaml)).ConfigureAwait(false);
                return ExitCode.Done;
            }

            try
            {
                await File.WriteAllTextAsync(path, RegistryDocument.Write(registry, RegistryDocument.FormatOf(path)), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"'{path}' cannot be written: {failure.Message}", failure);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static Command History()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var verb = new Command("history", "Who changed the registry, when and why: example: metering registry history --json") { data, json };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var versions = await new RegistryStore(database).HistoryAsync(cancellationToken).ConfigureAwait(false);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(versions, JsonSerializerOptions.Web)).ConfigureAwait(false);
                return ExitCode.Done;
            }

            foreach (var version in versions)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{version.Id}  {version.Saved:yyyy-MM-ddTHH:mm:ssZ}  {version.Author}: {version.Reason}")).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary><c>--author NAME</c>: who is written into a history.</summary>
    internal static Option<string> AuthorOption() => new("--author")
    {
        Description = "Who; kept in the history.",
        HelpName = "NAME",
        DefaultValueFactory = static _ => Environment.UserName,
    };

    /// <summary>An instant with an offset or Z; null for nothing.</summary>
    internal static DateTimeOffset? Instant(string? text, string option = "--as-of")
    {
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new UsageException($"{option}: '{text}' is no instant; give one such as 2026-03-01T00:00:00Z or 2026-03-01T00:00:00-04:00.");
    }

    private static async Task<RegistrySnapshot> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return RegistryDocument.Read(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), RegistryDocument.FormatOf(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {failure.Message}", failure);
        }
        catch (FormatException fault)
        {
            throw new UsageException($"'{path}' is no usable registry:\n{fault.Message}", fault);
        }
    }

    private static string Text(IEnumerable<RegistryChange> changes) => string.Join("; ", changes.Select(static change => string.Create(
        CultureInfo.InvariantCulture, $"{change.Collection} +{change.Added} ~{change.Changed} -{change.Removed}")));
}
