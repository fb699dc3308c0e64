using Metering.Collector.Web.Html;

namespace Metering.Collector.Identity.Pages;

/// <summary>Pieces of forms: every field has a label, every fault is announced.</summary>
internal static class Form
{
    public static Markup Text(string name, string label, string value = "", string autocomplete = "off") => Markup.Of($"""
        <p class="field"><label for="{name}">{label}</label><input id="{name}" name="{name}" type="text" value="{value}" autocomplete="{autocomplete}" maxlength="200" required></p>
        """);

    public static Markup Password(string name, string label, string autocomplete) => Markup.Of($"""
        <p class="field"><label for="{name}">{label}</label><input id="{name}" name="{name}" type="password" autocomplete="{autocomplete}" maxlength="200" required></p>
        """);

    public static Markup Hidden(string name, string value) => Markup.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    public static Markup Button(string text) => Markup.Of($"""<p><button class="button" type="submit">{text}</button></p>""");

    /// <summary>A check box of a group that shares one name.</summary>
    public static Markup Box(string name, string value, string label, bool isChecked = false) => Markup.Of($"""
        <label class="box"><input type="checkbox" name="{name}" value="{value}"{(isChecked ? Markup.Trusted(" checked") : Markup.Empty)}> {label}</label>
        """);

    public static Markup Option(string value, string label, bool isChosen = false) =>
        Markup.Of($"""<option value="{value}"{(isChosen ? Markup.Trusted(" selected") : Markup.Empty)}>{label}</option>""");

    /// <summary>What is wrong, read out by a screen reader.</summary>
    public static Markup Fault(string? sentence) =>
        sentence is null ? Markup.Empty : Markup.Of($"""<p class="notice" role="alert">{sentence}</p>""");

    /// <summary>What was done.</summary>
    public static Markup Done(string? sentence) =>
        sentence is null ? Markup.Empty : Markup.Of($"""<p class="good" role="status">{sentence}</p>""");

    /// <summary>A field of a sent form; empty when the body is no form.</summary>
    public static string Value(HttpRequest request, string name) => request.HasFormContentType ? request.Form[name].ToString() : "";

    /// <summary>Every value of a field of a sent form.</summary>
    public static IReadOnlyList<string> Values(HttpRequest request, string name) =>
        request.HasFormContentType ? [.. request.Form[name].OfType<string>()] : [];
}
