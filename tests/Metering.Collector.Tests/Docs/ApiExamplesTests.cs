using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Metering.Collector.Tests.Api;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Docs;

/// <summary>
/// Runs each block of docs/api.md that begins with curl, with bash and the real curl, against a real collector. The comment below
/// the command names status and type of the answer, and the answer itself where more comments follow.
/// </summary>
public sealed partial class ApiExamplesTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Every_example_of_the_api_page_answers_what_the_page_says()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File(".curlrc"), "silent\nshow-error\nwrite-out = \"\\n%{http_code} %{content_type}\"\n");
        var page = await File.ReadAllTextAsync(Path.Combine(DocsFolder.Path, "api.md"));
        var blocks = Block().Matches(page).Select(static m => m.Groups[1].Value).Where(static b => b.StartsWith("curl", StringComparison.Ordinal)).ToList();
        Assert.True(blocks.Count >= 12, $"{blocks.Count} examples");
        foreach (var block in blocks)
        {
            var lines = block.TrimEnd('\n').Split('\n');
            var command = string.Join('\n', lines.Where(static l => !l.StartsWith("# ", StringComparison.Ordinal)));
            var said = lines.Where(static l => l.StartsWith("# ", StringComparison.Ordinal)).Select(static l => l[2..]).ToList();
            var (code, output, errors) = await RunAsync(command, folder.Path);
            Assert.True(code == 0, $"{command}\n{errors}");

            var end = output.LastIndexOf('\n');
            Assert.True(output[(end + 1)..].Split(';')[0] == said[0], $"{command}\n{output}");
            if (said.Count > 1)
            {
                Assert.Equal(string.Join('\n', said.Skip(1)), output[..end].ReplaceLineEndings("\n").TrimEnd('\n'));
            }
        }
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string command, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["CURL_HOME"] = folder;
        start.Environment["URL"] = host.Http.BaseAddress!.ToString().TrimEnd('/');
        start.Environment["KEY"] = host.Key;
        start.Environment["no_proxy"] = "*";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeLimit);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await errors);
    }

    [GeneratedRegex("^```sh\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
