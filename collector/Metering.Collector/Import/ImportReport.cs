using System.Globalization;

namespace Metering.Collector.Import;

/// <summary>A row that was not taken.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Reason">What is wrong and what is allowed.</param>
public sealed record BadRow(long Line, string Reason);

/// <summary>What an import did. Good rows landed; bad ones are listed.</summary>
public sealed class ImportReport
{
    /// <summary>Bad rows kept with their reason; further ones are counted.</summary>
    public const int BadRowsMax = 1000;

    private readonly List<BadRow> bad = [];
    private readonly List<string> remarks = [];

    /// <summary>Rows read.</summary>
    public long Rows { get; internal set; }

    /// <summary>Rows or values that are new in the store.</summary>
    public long Stored { get; internal set; }

    /// <summary>Those that were there already.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>All bad rows, the ones not kept too.</summary>
    public long BadCount { get; private set; }

    public IReadOnlyList<BadRow> Bad => bad;

    /// <summary>What a reader should know: gaps, doubtful values left out.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    internal void Refuse(long line, string reason)
    {
        BadCount++;
        if (bad.Count < BadRowsMax)
        {
            bad.Add(new BadRow(line, reason));
        }
    }

    internal void Remark(string text)
    {
        if (remarks.Count < BadRowsMax)
        {
            remarks.Add(text);
        }
    }

    /// <summary>One line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Rows} rows: {Stored} stored, {Duplicates} there already, {BadCount} bad.");
}

/// <summary>A file that cannot be imported at all, or a mapping that is wrong: what, where, what is allowed.</summary>
public sealed class ImportException : Exception
{
    public ImportException()
    {
    }

    public ImportException(string message)
        : base(message)
    {
    }

    public ImportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
