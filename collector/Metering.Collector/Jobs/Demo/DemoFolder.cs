using Metering.Collector.Cli;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Jobs.Demo;

/// <summary>The folder that a demo writes to, and what an earlier demo left there.</summary>
internal sealed class DemoFolder
{
    private const string ClaimFileName = "demo.txt";

    private DemoFolder(string path, DemoSummary? finished)
    {
        Path = path;
        Finished = finished;
    }

    public string Path { get; }

    /// <summary>The summary of the same demo when it is finished already.</summary>
    public DemoSummary? Finished { get; }

    public string NotePath => System.IO.Path.Combine(Path, "note.html");

    /// <summary>Makes or checks the folder.</summary>
    /// <exception cref="UsageException">It cannot be written, or holds something else than this demo.</exception>
    public static DemoFolder Open(string path, string scenario, int seed, bool force)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = System.IO.Path.Combine(path, ".write-probe");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out: '{path}' cannot be written ({e.Message.TrimEnd('.')}); give a folder that you may write to.", e);
        }

        var claim = $"scenario {scenario}, seed {seed}";
        var claimPath = System.IO.Path.Combine(path, ClaimFileName);
        var store = System.IO.Path.Combine(path, SqliteDatabase.FileName);
        var held = File.Exists(claimPath) ? File.ReadAllText(claimPath).Trim() : null;
        if (force && held is not null)
        {
            foreach (var file in new[] { store, store + "-wal", store + "-shm", claimPath, System.IO.Path.Combine(path, DemoSummary.FileName) })
            {
                File.Delete(file);
            }

            held = null;
        }

        if (held is null && File.Exists(store))
        {
            throw new UsageException($"--out: '{path}' holds a store that no demo made; give another folder.");
        }

        if (held is not null && held != claim)
        {
            throw new UsageException($"--out: '{path}' holds a demo of {held}; give another folder, or --force to replace it.");
        }

        if (held is null)
        {
            File.WriteAllText(claimPath, claim + "\n");
        }

        var finished = DemoSummary.Read(path) is { } summary && summary.Scenario == scenario && summary.Seed == seed
            && File.Exists(store) && File.Exists(System.IO.Path.Combine(path, summary.Note))
                ? summary
                : null;
        return new DemoFolder(path, finished);
    }
}
