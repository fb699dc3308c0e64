using Metering.Core.Alerts;

namespace Metering.Collector.Alerts;

/// <summary>One alert from its raising to its end.</summary>
/// <param name="Id">Number, ascending in time.</param>
/// <param name="Key">What about.</param>
/// <param name="Raised">When it was raised.</param>
/// <param name="RaisedValue">Value then, in the unit of the kind.</param>
/// <param name="Cleared">When it was cleared, or null while it lasts.</param>
/// <param name="ClearedValue">Value then; null while it lasts, and when the subject was taken away.</param>
/// <param name="Acknowledged">Who has seen it; null: nobody yet.</param>
public sealed record Alert(
    long Id, AlertKey Key, DateTimeOffset Raised, double RaisedValue, DateTimeOffset? Cleared, double? ClearedValue, AlertAcknowledgement? Acknowledged);

/// <summary>A person has seen an alert and takes care of it.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Note">What is done about it, or null.</param>
public sealed record AlertAcknowledgement(DateTimeOffset At, string By, string? Note);

/// <summary>What happened to an acknowledgement.</summary>
public enum AcknowledgeResult
{
    Done = 0,

    /// <summary>There is no such alert.</summary>
    Unknown = 1,

    /// <summary>Somebody was first; the entry stays theirs.</summary>
    Already = 2,
}

/// <summary>The alerts, for pages and API.</summary>
public interface IAlertBook
{
    /// <summary>Alerts, newest first.</summary>
    /// <param name="openOnly">Only those that last.</param>
    /// <param name="beforeId">Only those older than this one; null: from the newest.</param>
    /// <param name="limit">Most that are answered, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<Alert>> ListAsync(bool openOnly, long? beforeId, int limit, CancellationToken cancellationToken);

    /// <summary>One alert, or null.</summary>
    Task<Alert?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>Takes down that a person has seen an alert. Durable when the task completes; the first one counts.</summary>
    /// <param name="id">Number of the alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="note">What is done about it, at most <see cref="AlertLedger.NoteCharactersMax"/> characters, or null.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">No name, or a note that is too long.</exception>
    Task<AcknowledgeResult> AcknowledgeAsync(long id, string by, string? note, CancellationToken cancellationToken);
}
