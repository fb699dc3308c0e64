namespace Metering.Core.Languages;

/// <summary>One sentence or word in both languages. Both are always there: no fall-back from one to the other.</summary>
public readonly record struct BilingualText(string French, string English)
{
    public string In(Language language) => language switch
    {
        Language.French => French,
        Language.English => English,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "Allowed are French and English."),
    };
}
