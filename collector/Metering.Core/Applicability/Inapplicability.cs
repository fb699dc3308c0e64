using Metering.Core.Languages;

namespace Metering.Core.Applicability;

/// <summary>Why a model gives no value. One instance a cause, shared: compared by <see cref="Code"/>.</summary>
public abstract class Inapplicability
{
    private protected Inapplicability(string code, string source)
    {
        Code = code;
        Source = source;
    }

    /// <summary>Stable name for exports and tests, such as <c>iso7730.vapour-pressure</c>.</summary>
    public string Code { get; }

    /// <summary>Standard, edition and clause, or "project choice".</summary>
    public string Source { get; }

    /// <summary>The whole sentence; <paramref name="given"/> is the value that was refused (NaN: none).</summary>
    public abstract string Sentence(Language language, double given);
}
