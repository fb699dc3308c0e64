using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Metering.Browser.Tests.Browser;

/// <summary>Runs axe-core, as tests/interop/package-lock.json locks it, over an open page.</summary>
internal static class Axe
{
    private const string Run =
        """
        async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.map(v =>
            `${v.impact} ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | ")}`)
        """;

    private static readonly Lazy<string> Source = new(() => File.ReadAllText(Find()));

    /// <summary>Fails when axe-core finds anything at all, with what and where.</summary>
    internal static async Task AssertCleanAsync(IPage page)
    {
        var found = await ViolationsAsync(page);
        Assert.True(found.Length == 0, $"{page.Url}: axe-core finds:\n{string.Join('\n', found)}");
    }

    /// <summary>One line a violation, the impact first.</summary>
    internal static async Task<string[]> ViolationsAsync(IPage page)
    {
        // Evaluated by the debugger, so that a content security policy neither stops nor has to allow it.
        await page.EvaluateAsync(Source.Value);
        var found = await page.EvaluateAsync<JsonElement>(Run);
        return [.. found.EnumerateArray().Select(line => line.GetString()!)];
    }

    private static string Find()
    {
        const string file = "tests/interop/node_modules/axe-core/axe.min.js";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException("axe-core is not installed; tests/install-servers.sh installs it.", file);
    }
}
