using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Obligations;
using Metering.Core.Registry;

namespace Metering.Collector.Notes;

/// <summary><c>metering note</c>: the monitoring note of a building, in one of the formats.</summary>
internal static class NoteCommand
{
    private static readonly string[] Formats = ["html", "pdf", "docx", "xlsx", "csv", "json"];

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var force = CommonOptions.Force();
        var building = new Option<string>("--building") { Description = "Building of the note.", HelpName = "ID", Required = true };
        var period = new Option<string?>("--period") { Description = "Period: " + NotePeriods.Allowed + "; all readings when not given.", HelpName = "PERIOD" };
        var language = new Option<string>("--lang") { Description = "Language: fr or en.", HelpName = "fr|en", DefaultValueFactory = _ => "fr" };
        var format = new Option<string>("--format") { Description = "Format: html, pdf, docx, xlsx, csv (a zip file), or json (values by place, for --compare).", HelpName = "FORMAT", DefaultValueFactory = _ => "html" };
        var target = new Option<string>("--out") { Description = "File to write.", HelpName = "FILE", Required = true };
        var asOf = new Option<string?>("--as-of") { Description = "Instant the note is made for (ISO 8601); that of the last reading when not given.", HelpName = "INSTANT" };
        var browser = new Option<string?>("--browser") { Description = "Chromium browser that prints the PDF; searched for when not given.", HelpName = "FILE" };
        var compare = new Option<string?>("--compare") { Description = "Values of an earlier issue (--format json): the note then lists what changed.", HelpName = "FILE" };
        var onePage = new Option<bool>("--one-page") { Description = "The sheet of one A4 page: synthesis, results against requirements, months before and after, air of the rooms." };
        var verb = new Command("note", "Write the monitoring note: example: metering note --data metering-demo --building house --format pdf --out note.pdf")
        {
            data, building, period, language, format, target, onePage, asOf, browser, compare, force,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var kind = parsed.GetValue(format)!;
            var file = parsed.GetValue(target)!;
            CheckFormat(kind);
            CheckFile(file, parsed.GetValue(force));
            var chosen = ReadLanguage(parsed.GetValue(language)!);
            try
            {
                // Before any reading: a missing browser should not cost a minute.
                var pdf = kind == "pdf" ? PdfNoteWriter.Find(parsed.GetValue(browser)) : null;
                await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
                var dossier = NoteDossierFiles.Read(parsed.GetValue(data)!, parsed.GetValue(building)!, chosen);
                var registry = await new RegistryStore(database).SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
                var part = BuildingPart.Of(registry, parsed.GetValue(building)!);
                var calls = CallRuleFiles.Read(parsed.GetValue(data)!);
                var model = await BuildAsync(
                    database, dossier, calls, registry, part, parsed.GetValue(period), Instant(parsed.GetValue(asOf)), cancellationToken).ConfigureAwait(false);
                var composed = NoteComposer.Compose(model, chosen);
                var register = new NoteRegister(database, part, model, chosen, open: parsed.GetValue(period) is null);
                var (document, replaced) = parsed.GetValue(compare) is { } earlier
                    ? (NoteReissue.WithChanges(composed, NoteChanges.Between(ReadValues(earlier), NoteValues.Of(composed))), null)
                    : await register.CompareAsync(composed, cancellationToken).ConfigureAwait(false);
                document = parsed.GetValue(onePage) ? OnePage.Of(document) : document;
                var content = await WriteAsync(document, model.Provenance.AsOf, kind, file, pdf, cancellationToken).ConfigureAwait(false);
                if (kind != "json")
                {
                    await register.AddAsync(composed, kind, file, content, cancellationToken).ConfigureAwait(false);
                }

                var output = parsed.InvocationConfiguration.Output;
                await output.WriteLineAsync(file).ConfigureAwait(false);
                if (replaced is not null)
                {
                    await output.WriteLineAsync(Text(replaced)).ConfigureAwait(false);
                }

                return ExitCode.Done;
            }
            catch (NoteException e)
            {
                throw new UsageException(e.Message, e);
            }
        });
        return verb;
    }

    private static async Task<NoteModel> BuildAsync(
        SqliteDatabase database, NoteDossier dossier, CallCatalogue calls, RegistrySnapshot registry, BuildingPart part, string? period, DateTimeOffset? asOf,
        CancellationToken cancellationToken)
    {
        var request = new NoteRequest
        {
            BuildingId = part.Building.Id,
            AsOf = asOf,
            Dossier = dossier,
            Calls = calls,
            Version = ProductVersion.Text,
            Quarantined = await new Quarantine(database).CountAsync(cancellationToken).ConfigureAwait(false),
        };
        if (period is not null)
        {
            var (from, to) = NotePeriods.Read(period, part.Building, part.Site);
            request = request with { From = from, To = to };
        }

        return await NoteService.BuildAsync(request, CorrectedReadingStore.Of(database), registry, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<byte[]> WriteAsync(
        NoteDocument document, DateTimeOffset created, string format, string file, PdfNoteWriter? pdf, CancellationToken cancellationToken)
    {
        var bytes = await NoteFile.WriteAsync(document, created, format, pdf, cancellationToken).ConfigureAwait(false);
        try
        {
            await File.WriteAllBytesAsync(file, bytes, cancellationToken).ConfigureAwait(false);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out: '{file}' cannot be written: {e.Message}", e);
        }
    }

    private static string Text(ReplacedNote replaced) => string.Create(
        CultureInfo.InvariantCulture,
        $"It replaces the note of {replaced.Entry.Issued:yyyy-MM-dd HH:mm'Z'}: {replaced.Changes} values changed, {replaced.Readings:+0;-0;0} readings; section F of the note lists them.");

    private static Dictionary<string, string> ReadValues(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(file)) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"--compare: '{file}' holds no values of a note (made with --format json): {e.Message}", e);
        }
    }

    internal static void CheckFormat(string format)
    {
        if (!Formats.Contains(format))
        {
            throw new UsageException($"--format: '{format}' is not known; allowed are {string.Join(", ", Formats)}.");
        }
    }

    internal static void CheckFile(string file, bool force)
    {
        if (File.Exists(file) && !force)
        {
            throw new UsageException($"--out: '{file}' is there already; name another file, or overwrite it with --force.");
        }
    }

    internal static Language ReadLanguage(string code)
    {
        try
        {
            return LanguageText.Parse(code);
        }
        catch (FormatException e)
        {
            throw new UsageException("--lang: " + e.Message, e);
        }
    }

    private static DateTimeOffset? Instant(string? text) => text is null
        ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new UsageException($"--as-of: '{text}' is not an instant; allowed is ISO 8601, such as 2026-01-31T12:00:00Z.");
}
