using System.Text.RegularExpressions;
using Metering.Collector.Identity.Access;
using Metering.Collector.Tests.Docs;
using Xunit;

namespace Metering.Collector.Tests.Identity;

/// <summary>docs/security.md says what the program does, or these fail.</summary>
public sealed partial class SecurityDocTests
{
    private static readonly string Document = Repository.Read("docs", "security.md");

    [Fact]
    public void The_table_of_roles_is_the_one_in_the_code()
    {
        var rows = Repository.Table(Document, "## Roles");

        Assert.Equal(Enum.GetValues<Permission>().Select(p => $"`{p.Name()}`"), rows.Select(r => r[0]));
        foreach (var row in rows)
        {
            Assert.True(AccessNames.TryPermission(row[0].Trim('`'), out var permission));
            Assert.Equal(Enum.GetValues<Role>().Select(role => RoleTable.Allows(role, permission) ? "x" : ""), row[1..6]);
        }
    }

    [Fact]
    public void Every_test_that_the_threat_model_names_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("node_modules", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ToList();
        var named = TestName().Matches(Document).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.True(named.Count > 20, $"The page names {named.Count} tests.");
        Assert.All(named, name => Assert.True(sources.Exists(s => s.Contains($" {name}(", StringComparison.Ordinal)), name));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2,})`", RegexOptions.CultureInvariant)]
    private static partial Regex TestName();
}
