using Metering.Collector.Diagnostics;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary>What a board says about itself, in words (docs/wire-format.md, status).</summary>
internal static class BoardWords
{
    /// <summary>Weakest signal that is no cause for a look, dBm: below it Wi-Fi of an ESP32 loses messages.</summary>
    public const long WeakBelowDbm = -80;

    public static string Condition(BoardCondition condition, Language language) => condition switch
    {
        BoardCondition.Online => language.Of("en ligne", "online"),
        BoardCondition.Silent => language.Of("muette", "silent"),
        _ => language.Of("jamais entendue", "never heard"),
    };

    public static Markup State(BoardHealth health, Language language) => Markup.Of($"""
        <span class="{(health.Condition == BoardCondition.Online ? "online" : "silent")}">{Condition(health.Condition, language)}</span>
        """);

    public static string Clock(string? clock, Language language) => clock switch
    {
        "2" => language.Of("synchronisée", "synchronised"),
        "1" => language.Of("estimée", "estimated"),
        "0" => language.Of("non réglée", "not set"),
        _ => NoteNumbers.Missing,
    };

    public static string Reset(string? reset, Language language) => reset switch
    {
        "power" => language.Of("mise sous tension", "power-on"),
        "watchdog" => language.Of("chien de garde", "watchdog"),
        "software" => language.Of("logiciel", "software"),
        "brownout" => language.Of("chute de tension", "brownout"),
        null => NoteNumbers.Missing,
        _ => language.Of("inconnue", "unknown"),
    };

    public static string Number(long? value, NoteNumbers numbers) => value is { } number ? numbers.Number(number) : NoteNumbers.Missing;

    public static string Instant(DateTimeOffset? time, NoteNumbers numbers) =>
        time is { } t ? numbers.Instant(t.ToUniversalTime()) : NoteNumbers.Missing;

    public static string Address(string board) => "/boards/" + Uri.EscapeDataString(board);

    /// <summary>Whether somebody should look: silent, samples dropped, clock not set, weak signal.</summary>
    public static bool NeedsALook(BoardHealth health) =>
        health.Condition != BoardCondition.Online || health.SaidNumber("jdrop") > 0 || health.Said("clk") is "0" or "1" || health.SaidNumber("rssi") < WeakBelowDbm;
}
