namespace Metering.Core.Obligations;

/// <summary>What metering can do for a requirement.</summary>
public enum RequirementRole
{
    /// <summary>A metered value is its direct input.</summary>
    Measure = 0,

    /// <summary>The obligation is a regulatory calculation, imported; metering stands beside it.</summary>
    Verify = 1,

    /// <summary>Both.</summary>
    VerifyAndMeasure = 2,

    /// <summary>A document or a fact of the file.</summary>
    Administrative = 3,
}

/// <summary>How a value is compared with its threshold.</summary>
public enum Comparator
{
    AtMost = 0,
    AtLeast = 1,
    Below = 2,
    Equal = 3,
}
