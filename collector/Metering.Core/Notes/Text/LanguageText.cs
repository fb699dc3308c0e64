using Metering.Core.Languages;

namespace Metering.Core.Notes.Text;

/// <summary>Picks the sentence of a language; both stand side by side where they are used, so that neither is forgotten.</summary>
public static class LanguageText
{
    /// <summary>The code of HTML's <c>lang</c> attribute: fr, en.</summary>
    public static string Code(this Language language) => language.Of("fr", "en");

    public static string Of(this Language language, string french, string english) => new BilingualText(french, english).In(language);

    /// <summary>The language of a code.</summary>
    /// <exception cref="FormatException">Neither fr nor en.</exception>
    public static Language Parse(string code) => code switch
    {
        "fr" => Language.French,
        "en" => Language.English,
        _ => throw new FormatException($"Language '{code}' is not known; allowed are fr and en."),
    };
}
