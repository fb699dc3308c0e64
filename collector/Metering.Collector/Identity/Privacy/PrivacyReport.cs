namespace Metering.Collector.Identity.Privacy;

/// <summary>What personal data the store holds.</summary>
/// <param name="Dwellings">Readings by dwelling.</param>
/// <param name="Accounts">Accounts that were not erased.</param>
/// <param name="AuditEntries">Entries of the audit log.</param>
/// <param name="AuditSince">The oldest of them, or null.</param>
/// <param name="Quarantined">Messages that could not be read; they may hold readings.</param>
public sealed record PrivacyReport(IReadOnlyList<DwellingHolding> Dwellings, long Accounts, long AuditEntries, DateTimeOffset? AuditSince, long Quarantined);

/// <summary>What is held of one dwelling.</summary>
/// <param name="Building">Its building.</param>
/// <param name="Dwelling">Its id there.</param>
/// <param name="Points">Metering points inside.</param>
/// <param name="Readings">Readings that hold a value.</param>
/// <param name="From">The oldest reading, or null.</param>
/// <param name="To">The newest reading, or null.</param>
public sealed record DwellingHolding(string Building, string Dwelling, int Points, long Readings, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>What an erasure did.</summary>
/// <param name="Building">Its building.</param>
/// <param name="Dwelling">Its id there.</param>
/// <param name="Values">Values that were taken out of the store.</param>
/// <param name="Undated">Samples without a date that went.</param>
/// <param name="Quarantined">Messages in quarantine of the boards inside that went.</param>
/// <param name="Versions">States of the registry that lost the names.</param>
/// <param name="Remaining">What the collector cannot reach, and what is left to do about it.</param>
public sealed record ErasureReport(string Building, string Dwelling, long Values, long Undated, long Quarantined, long Versions, IReadOnlyList<string> Remaining);

/// <summary>What is over its time, and whether it was removed.</summary>
/// <param name="Applied">False: only looked.</param>
/// <param name="AuditEntries">Entries older than <see cref="PrivacyService.AuditKeepDays"/> days.</param>
/// <param name="Accounts">Accounts disabled for longer than <see cref="PrivacyService.DisabledAccountKeepDays"/> days; they are erased.</param>
/// <param name="Keys">API keys that ended longer ago than that.</param>
public sealed record RetentionReport(bool Applied, long AuditEntries, long Accounts, long Keys);
