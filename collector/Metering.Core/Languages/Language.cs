namespace Metering.Core.Languages;

/// <summary>The two languages in which a note, a page or an error can be read.</summary>
public enum Language
{
    French = 0,
    English = 1,
}
