using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Registry;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Storage.Weather;

namespace Metering.Collector.Import;

/// <summary><c>metering import readings|invoices|weather|regulatory FILE</c></summary>
internal static class ImportCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create() => new("import", "Data from elsewhere, checked row by row: bad rows are listed, good rows land once: example: metering import weather H_971_latest-2025-2026.csv")
    {
        Readings(),
        List("invoices", "Suppliers' invoices: building, delivery_point, start, end, kwh, eur, estimated: example: metering import invoices edf.csv", RegistryImport.InvoicesAsync),
        List("regulatory", "Values of regulatory calculations: building, kind, phase, value, unit, label, method_version, author, date: example: metering import regulatory dpeg.csv", RegistryImport.RegulatoryAsync),
        Weather(),
    };

    private static Command Readings()
    {
        var map = new Option<string>("--map") { Description = "Mapping of the columns (docs/operations.md), YAML or JSON.", HelpName = "FILE", Required = true };
        return Verb(
            "readings",
            "Readings of another logger or a utility: example: metering import readings logger.csv --map logger.yaml",
            [map],
            async (database, file, parsed, author, cancellationToken) =>
            {
                var path = parsed.GetValue(map)!;
                var mapping = ReadingsMapping.Read(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), RegistryDocument.FormatOf(path));
                await using var stream = File.OpenRead(file);
                return await new ReadingsImport(new SqliteReadingStore(database), new RegistryStore(database), mapping)
                    .RunAsync(stream, author, cancellationToken).ConfigureAwait(false);
            });
    }

    private static Command List(string name, string description, Func<TextReader, RegistryStore, string, CancellationToken, Task<ImportReport>> import) => Verb(
        name,
        description,
        [],
        async (database, file, _, author, cancellationToken) =>
        {
            using var reader = File.OpenText(file);
            return await import(reader, new RegistryStore(database), author, cancellationToken).ConfigureAwait(false);
        });

    private static Command Weather()
    {
        var station = new Option<string?>("--station") { Description = "Name to store it under; the file's own when not given.", HelpName = "NAME" };
        var format = new Option<WeatherFormat?>("--format") { Description = "MeteoFrance, Epw or Tmy3; found out when not given." };
        return Verb(
            "weather",
            "Météo-France hourly CSV, EPW or TMY3: example: metering import weather H_971_latest-2025-2026.csv",
            [station, format],
            async (database, file, parsed, _, cancellationToken) =>
            {
                using var reader = File.OpenText(file);
                return await WeatherImport.RunAsync(
                    reader, parsed.GetValue(format), parsed.GetValue(station), Path.GetFileName(file), new WeatherStore(database), cancellationToken).ConfigureAwait(false);
            });
    }

    private static Command Verb(
        string name, string description, Option[] options, Func<SqliteDatabase, string, ParseResult, string, CancellationToken, Task<ImportReport>> import)
    {
        var file = new Argument<string>("FILE") { Description = "The file." };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var author = RegistryCommand.AuthorOption();
        var verb = new Command(name, description) { file, data, author, json };
        foreach (var option in options)
        {
            verb.Add(option);
        }

        verb.Does(async (parsed, cancellationToken) =>
        {
            try
            {
                await using var database = await DataFolder.OpenOrCreateAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
                var report = await import(database, parsed.GetValue(file)!, parsed, parsed.GetValue(author)!, cancellationToken).ConfigureAwait(false);
                return await TellAsync(report, parsed.GetValue(json), parsed.InvocationConfiguration).ConfigureAwait(false);
            }
            catch (ImportException fault)
            {
                throw new UsageException($"'{parsed.GetValue(file)}': {fault.Message}", fault);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UsageException(failure.Message, failure);
            }
        });
        return verb;
    }

    private static async Task<int> TellAsync(ImportReport report, bool json, InvocationConfiguration console)
    {
        if (json)
        {
            await console.Output.WriteLineAsync(JsonSerializer.Serialize(report, Json)).ConfigureAwait(false);
        }
        else
        {
            await console.Output.WriteLineAsync(report.ToString()).ConfigureAwait(false);
            foreach (var remark in report.Remarks)
            {
                await console.Output.WriteLineAsync(remark).ConfigureAwait(false);
            }
        }

        if (report.BadCount == 0)
        {
            return ExitCode.Done;
        }

        await console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.BadCount} rows were not taken:")).ConfigureAwait(false);
        foreach (var row in report.Bad)
        {
            await console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {row.Line}: {row.Reason}")).ConfigureAwait(false);
        }

        if (report.BadCount > report.Bad.Count)
        {
            await console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"and {report.BadCount - report.Bad.Count} more")).ConfigureAwait(false);
        }

        return ExitCode.Problem;
    }
}
