namespace Metering.Collector.Tests.Docs;

/// <summary>The repository that the tests run in, for tests that compare documents with the program.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    internal static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>The rows of the first table below a heading, cells trimmed, without the head.</summary>
    internal static IReadOnlyList<string[]> Table(string document, string heading)
    {
        var lines = document.Split('\n');
        return [.. lines
            .SkipWhile(l => l.TrimEnd() != heading).Skip(1)
            .SkipWhile(l => !l.StartsWith('|')).TakeWhile(l => l.StartsWith('|'))
            .Skip(2)
            .Select(l => l.Trim().Trim('|').Split('|').Select(c => c.Trim()).ToArray())];
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Metering.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
