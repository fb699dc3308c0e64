namespace Metering.Collector.Identity.Audit;

/// <summary>The log of who read personal data and who changed what. It can be added to and read, never edited.</summary>
public interface IAuditLog
{
    /// <summary>Adds an entry, durable when the task completes.</summary>
    /// <param name="actor">Who: <see cref="Access.CurrentUser.Actor"/>, or the name of a job such as <c>cli</c>.</param>
    /// <param name="action">What was done: a stable name such as <c>correction.add</c>.</param>
    /// <param name="subject">On what: <c>building:ID</c>, <c>point:ID</c>, <c>account:NUMBER</c>. No names of persons: the log cannot be erased.</param>
    /// <param name="detail">What a reader needs beyond that; cut after <see cref="AuditEntry.TextCharsMax"/> characters.</param>
    /// <param name="cancellationToken">Stops waiting; the entry may still be written.</param>
    Task AppendAsync(string actor, string action, string subject, string detail, CancellationToken cancellationToken);

    /// <summary>Entries, newest first.</summary>
    /// <param name="before">Only those with a smaller number; null: from the newest on.</param>
    /// <param name="count">How many, 1 to <see cref="AuditEntry.PageCountMax"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(long? before, int count, CancellationToken cancellationToken);

    /// <summary>Computes every hash anew.</summary>
    Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken);
}

/// <summary>One entry of the audit log.</summary>
/// <param name="Id">Number, without holes.</param>
/// <param name="Time">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">On what.</param>
/// <param name="Detail">More, or empty.</param>
/// <param name="Address">Where the request came from, or empty.</param>
/// <param name="Hash">SHA-256 over the entry before it and this one.</param>
public sealed record AuditEntry(long Id, DateTimeOffset Time, string Actor, string Action, string Subject, string Detail, string Address, string Hash)
{
    /// <summary>Characters of one field that are kept.</summary>
    public const int TextCharsMax = 500;

    /// <summary>Entries of one page.</summary>
    public const int PageCountMax = 1000;
}

/// <summary>Whether the audit log is what was written.</summary>
/// <param name="Entries">Entries that are there.</param>
/// <param name="BrokenAt">Number of the first entry that does not fit the one before it, or null: the chain holds.</param>
/// <param name="Head">Hash of the newest entry, hexadecimal: one that is noted elsewhere proves later that nothing before it was changed.</param>
public sealed record AuditVerdict(long Entries, long? BrokenAt, string Head);
