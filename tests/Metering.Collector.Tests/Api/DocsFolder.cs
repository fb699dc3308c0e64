namespace Metering.Collector.Tests.Api;

/// <summary>The folder docs of the repository that the tests run in.</summary>
internal static class DocsFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Metering.sln")))
        {
            folder = folder.Parent;
        }

        return folder is null
            ? throw new InvalidOperationException("The tests run outside of the repository.")
            : System.IO.Path.Combine(folder.FullName, "docs");
    }
}
