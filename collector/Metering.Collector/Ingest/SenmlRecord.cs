namespace Metering.Collector.Ingest;

/// <summary>The fields of a SenML record that this format uses.</summary>
internal enum SenmlField
{
    Name,
    Value,
    Unit,
    StringValue,
    BaseTime,
    BaseName,
    Other,
}

/// <summary>One SenML record as read, before it means anything.</summary>
internal struct SenmlRecord
{
    /// <summary>Bit set of the <see cref="SenmlField"/>s that were present.</summary>
    public int Seen;

    public string? BaseName;
    public string? Name;
    public string? Unit;
    public string? StringValue;

    /// <summary>Unix seconds.</summary>
    public long BaseTime;

    /// <summary>The numeric value times one hundred.</summary>
    public long Hundredths;

    public readonly bool Has(SenmlField field) => (Seen & (1 << (int)field)) != 0;
}
