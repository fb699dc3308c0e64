using System.Text.RegularExpressions;
using Xunit;

namespace Metering.Collector.Tests.Docs;

/// <summary>A table that names tests is worth something only while the tests are there.</summary>
public sealed partial class LawsTableTests
{
    [Fact]
    public void Every_test_that_the_table_of_laws_names_exists()
    {
        var root = RepositoryRoot();
        var sources = Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("node_modules", StringComparison.Ordinal) && !f.EndsWith("LawsTableTests.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ToList();
        var named = TestName().Matches(File.ReadAllText(Path.Combine(root, "docs", "laws.md"))).Select(m => m.Groups[1].Value).ToList();

        Assert.True(named.Count > 20, $"The table names {named.Count} tests.");
        Assert.All(named, name => Assert.True(sources.Exists(s => s.Contains($" {name}(", StringComparison.Ordinal)), name));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Metering.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2,})`", RegexOptions.CultureInvariant)]
    private static partial Regex TestName();
}
