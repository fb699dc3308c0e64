namespace Metering.Core.Notes.Language;

/// <summary>Languages a note can be written in.</summary>
public enum NoteLanguage
{
    French = 0,
    English = 1,
}

/// <summary>Picks the sentence of a language; both stand side by side where they are used, so that neither is forgotten.</summary>
public static class NoteLanguages
{
    /// <summary>The code of HTML's <c>lang</c> attribute: fr, en.</summary>
    public static string Code(this NoteLanguage language) => language == NoteLanguage.French ? "fr" : "en";

    public static string Of(this NoteLanguage language, string french, string english) =>
        language == NoteLanguage.French ? french : english;

    /// <summary>The language of a code.</summary>
    /// <exception cref="FormatException">Neither fr nor en.</exception>
    public static NoteLanguage Parse(string code) => code switch
    {
        "fr" => NoteLanguage.French,
        "en" => NoteLanguage.English,
        _ => throw new FormatException($"Language '{code}' is not known; allowed are fr and en."),
    };
}
