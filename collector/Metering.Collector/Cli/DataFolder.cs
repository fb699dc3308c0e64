using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Cli;

/// <summary>Opens the store that a verb works on.</summary>
internal static class DataFolder
{
    /// <summary>Opens a store that must be there already: a verb that reads makes none by mistake.</summary>
    /// <exception cref="UsageException">There is none, or it cannot be opened.</exception>
    public static Task<SqliteDatabase> OpenAsync(string folder, CancellationToken cancellationToken) =>
        File.Exists(Path.Combine(folder, SqliteDatabase.FileName))
            ? OpenOrCreateAsync(folder, cancellationToken)
            : throw new UsageException($"--data: '{folder}' holds no store ({SqliteDatabase.FileName}); give the folder of 'serve' or of 'demo --out'.");

    /// <summary>Opens a store, or makes it.</summary>
    /// <exception cref="UsageException">It cannot be opened or made.</exception>
    public static async Task<SqliteDatabase> OpenOrCreateAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await SqliteDatabase.OpenAsync(folder, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreOpenException e)
        {
            throw new UsageException(e.Message, e);
        }
    }
}
