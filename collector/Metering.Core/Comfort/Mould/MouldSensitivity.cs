namespace Metering.Core.Comfort.Mould;

/// <summary>Sensitivity class of a surface: what mould finds to live on.</summary>
public enum MouldSensitivity
{
    /// <summary>Untreated pine sapwood, paper on plasterboard.</summary>
    VerySensitive = 0,

    /// <summary>Planed wood, glued boards, paper-coated products.</summary>
    Sensitive = 1,

    /// <summary>Concrete, aerated concrete, mineral fibres.</summary>
    MediumResistant = 2,

    /// <summary>Glass, metal, treated surfaces.</summary>
    Resistant = 3,
}
