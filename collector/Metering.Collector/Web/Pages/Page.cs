using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Pages;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary>The frame of every page: language, title, navigation, skip link.</summary>
internal static class Page
{
    private const string LanguageCookie = "lang";

    /// <summary>The language of a request: asked for in the address, remembered, or preferred by the browser; French otherwise.</summary>
    public static Language LanguageOf(HttpRequest request)
    {
        var asked = request.Query["lang"].ToString();
        if (asked.Length == 0)
        {
            asked = request.Cookies[LanguageCookie] ?? "";
        }

        if (asked.Length == 0)
        {
            asked = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString()).FirstOrDefault() ?? "";
        }

        return asked.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.English : Language.French;
    }

    /// <summary>A whole page as an answer.</summary>
    /// <param name="request">Gives language and address.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="body">Content below the title.</param>
    /// <param name="status">HTTP status.</param>
    public static IResult Show(HttpRequest request, string title, Markup body, int status = StatusCodes.Status200OK)
    {
        var language = LanguageOf(request);
        if (request.Query.ContainsKey("lang"))
        {
            request.HttpContext.Response.Cookies.Append(LanguageCookie, language.Code(), new CookieOptions { SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, MaxAge = TimeSpan.FromDays(365) });
        }

        var other = language.Of("en", "fr");
        var user = CurrentUser.Of(request.HttpContext);
        var page = Markup.Of($"""
            <!doctype html>
            <html lang="{language.Code()}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} · Metering</title>
            {(user.IsSignedIn ? Markup.Of($"""<meta name="form-token" content="{FormToken.Of(request.HttpContext)}">""") : Markup.Empty)}
            <link rel="stylesheet" href="/assets/uplot.css">
            <link rel="stylesheet" href="/assets/pages.css">
            <script src="/assets/uplot.js" defer></script>
            <script src="/assets/pages.js" defer></script>
            </head>
            <body>
            <a class="skip" href="#content">{language.Of("Aller au contenu", "Skip to content")}</a>
            <header>
            <nav aria-label="{language.Of("Navigation principale", "Main navigation")}">
            <a class="brand" href="/">Metering</a>
            {Link(request, user, Permission.ViewBuildings, "/", language.Of("Bâtiments", "Buildings"))}
            {Link(request, user, Permission.ViewBoards, "/boards", language.Of("Cartes", "Boards"))}
            {Link(request, user, Permission.ViewQuality, "/quality", language.Of("Qualité des données", "Data quality"))}
            {Link(request, user, Permission.Commission, "/commissioning", language.Of("Mise en service", "Commissioning"))}
            {Link(request, user, Permission.ViewAlerts, "/alerts", language.Of("Alertes", "Alerts"))}
            {Link(request, user, Permission.ManageUsers, "/users", language.Of("Comptes", "Accounts"))}
            {Link(request, user, Permission.ReadAuditLog, "/audit", language.Of("Journal d’audit", "Audit log"))}
            <a class="language" href="{QueryAddress.With(request, ("lang", other))}" hreflang="{other}" lang="{other}">{language.Of("English", "Français")}</a>
            </nav>
            {(user is { IsSignedIn: true, IsDemo: false } ? Signed(request, user, language) : Markup.Empty)}
            {(user.IsDemo ? DemoRoles.Switch(request.HttpContext, user, language) : Markup.Empty)}
            </header>
            <main id="content">
            <h1>{title}</h1>
            {body}
            </main>
            <footer><p>Metering {ProductVersion.Text}</p></footer>
            </body>
            </html>
            """);
        return Results.Content(page.ToString(), "text/html; charset=utf-8", statusCode: status);
    }

    private static Markup Signed(HttpRequest request, CurrentUser user, Language language) => Markup.Of($"""
        <form class="roles" method="post" action="/logout">
        {FormToken.Field(request.HttpContext)}
        <a href="/account">{user.Name}</a> ({RoleText.Of(user.Role!.Value).In(language)})
        <button type="submit">{language.Of("Se déconnecter", "Log out")}</button>
        </form>
        """);

    private static Markup Link(HttpRequest request, CurrentUser user, Permission permission, string path, string text)
    {
        var here = request.Path == path ? Markup.Trusted(" aria-current=\"page\"") : Markup.Empty;
        return user.Has(permission) ? Markup.Of($"""<a href="{path}"{here}>{text}</a>""") : Markup.Empty;
    }

    /// <summary>The way back up, above the content of a page.</summary>
    public static Markup Trail(Language language, params ReadOnlySpan<(string Address, string Text)> steps)
    {
        var links = new List<Markup>();
        foreach (var (address, text) in steps)
        {
            links.Add(Markup.Of($"""<li><a href="{address}">{text}</a></li>"""));
        }

        return Markup.Of($"""<nav class="trail" aria-label="{language.Of("Fil d’Ariane", "Breadcrumb")}"><ol>{links}</ol></nav>""");
    }

    /// <summary>An empty state that says what to do.</summary>
    public static Markup Empty(string what, string advice) =>
        Markup.Of($"""<div class="empty" role="status"><p><strong>{what}</strong></p><p>{advice}</p></div>""");
}
