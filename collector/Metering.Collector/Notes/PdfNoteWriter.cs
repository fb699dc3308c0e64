using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Metering.Collector.Notes;

/// <summary>
/// A note's HTML printed to PDF by a headless Chromium where one is installed. Offline: the page asks for nothing, and the
/// browser starts with an empty profile that is deleted afterwards.
/// </summary>
public sealed class PdfNoteWriter
{
    /// <summary>Names under which distributions install Chromium and its relatives.</summary>
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge", "chrome", "msedge"];

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
    ];

    /// <summary>A two-year note prints in seconds; a browser that takes longer hangs.</summary>
    public static readonly TimeSpan PrintTimeMax = TimeSpan.FromSeconds(90);

    private readonly string _browser;

    private PdfNoteWriter(string browser) => _browser = browser;

    /// <param name="browser">Path of the browser, or null: the first that is found on the search path.</param>
    /// <exception cref="NoteException">There is none; the message says what to install.</exception>
    public static PdfNoteWriter Find(string? browser)
    {
        if (browser is not null)
        {
            return File.Exists(browser)
                ? new PdfNoteWriter(browser)
                : throw new NoteException($"PDF needs a Chromium browser; '{browser}' is not a file.");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in Names)
        {
            foreach (var folder in folders)
            {
                foreach (var file in new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") })
                {
                    if (File.Exists(file))
                    {
                        return new PdfNoteWriter(file);
                    }
                }
            }
        }

        throw new NoteException(
            "PDF needs a Chromium browser and none is on the search path (tried " + string.Join(", ", Names)
            + "): install one (Debian: apt-get install chromium), or name it with --browser, or print the HTML note from any browser.");
    }

    /// <param name="html">The whole page.</param>
    /// <param name="created">Date put into the file instead of the machine's, so that the same note gives the same bytes.</param>
    /// <param name="cancellationToken">Ends the browser.</param>
    public async Task<byte[]> PrintAsync(string html, DateTimeOffset created, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("metering-note-").FullName;
        try
        {
            var page = Path.Combine(folder, "note.html");
            var pdf = Path.Combine(folder, "note.pdf");
            await File.WriteAllTextAsync(page, html, new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
            await RunAsync(
                [.. Flags, "--user-data-dir=" + Path.Combine(folder, "profile"), "--print-to-pdf=" + pdf, new Uri(page).AbsoluteUri],
                cancellationToken).ConfigureAwait(false);
            if (!File.Exists(pdf))
            {
                throw new NoteException($"'{_browser}' ended without writing the PDF.");
            }

            var bytes = await File.ReadAllBytesAsync(pdf, cancellationToken).ConfigureAwait(false);
            FixDates(bytes, created);
            return bytes;
        }
        finally
        {
            DeleteFolder(folder);
        }
    }

    private async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_browser) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new NoteException($"'{_browser}' does not start.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PrintTimeMax);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                var lines = (await errors.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                throw new NoteException($"'{_browser}' failed with exit code {process.ExitCode.ToString(CultureInfo.InvariantCulture)}: {(lines.Length > 0 ? lines[^1] : "no message")}");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoteException($"'{_browser}' did not print the note within {PrintTimeMax.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Overwrites the dates in place; their length is fixed by the format (PDF 32000-1, 7.9.4), so nothing moves.</summary>
    private static void FixDates(byte[] pdf, DateTimeOffset created)
    {
        var date = Encoding.ASCII.GetBytes(created.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
        foreach (var name in new[] { "/CreationDate (D:", "/ModDate (D:" })
        {
            var pattern = Encoding.ASCII.GetBytes(name);
            for (var at = pdf.AsSpan().IndexOf(pattern); at >= 0;)
            {
                date.CopyTo(pdf, at + pattern.Length);
                var next = pdf.AsSpan(at + pattern.Length).IndexOf(pattern);
                at = next < 0 ? -1 : at + pattern.Length + next;
            }
        }
    }

    private static void DeleteFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // The browser's last process may still hold a file of its profile; the folder is in the temporary directory.
        }
    }
}
