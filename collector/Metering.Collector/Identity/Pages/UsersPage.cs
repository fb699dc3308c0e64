using System.Globalization;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Web.Html;
using Metering.Collector.Web.Pages;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Collector.Identity.Pages;

/// <summary><c>/users</c>: who may log in, as what, for which buildings or dwellings.</summary>
internal static class UsersPage
{
    private const string PathOf = "/users";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup(PathOf).RequirePermission(Permission.ManageUsers);
        users.MapGet("", async (HttpRequest request, AccountStore accounts, VisibleRegistry registry, CancellationToken cancellationToken) =>
            await ShowAsync(request, accounts, registry, null, null, cancellationToken).ConfigureAwait(false)).ReadsPersonalData();
        users.MapPost("", InviteAsync);
        users.MapGet("/{id:long}", async (long id, HttpRequest request, AccountStore accounts, VisibleRegistry registry, CancellationToken cancellationToken) =>
            await accounts.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } account ? ShowOne(request, account, registry.Snapshot, null) : ErrorPages.NotFound(request)).ReadsPersonalData();
        users.MapPost("/{id:long}/grant", (long id, HttpRequest request, CurrentUser user, AccountStore accounts, VisibleRegistry registry, CancellationToken cancellationToken) =>
            ChangeAsync(id, request, accounts, registry, () => accounts.GrantAsync(id, Grant(request), user.Actor, cancellationToken), cancellationToken));
        users.MapPost("/{id:long}/disable", (long id, HttpRequest request, CurrentUser user, AccountStore accounts, VisibleRegistry registry, CancellationToken cancellationToken) =>
            ChangeAsync(id, request, accounts, registry, () => accounts.SetDisabledAsync(id, true, user.Actor, cancellationToken), cancellationToken));
        users.MapPost("/{id:long}/enable", (long id, HttpRequest request, CurrentUser user, AccountStore accounts, VisibleRegistry registry, CancellationToken cancellationToken) =>
            ChangeAsync(id, request, accounts, registry, () => accounts.SetDisabledAsync(id, false, user.Actor, cancellationToken), cancellationToken));
        users.MapPost("/{id:long}/erase", (long id, HttpRequest request, CurrentUser user, AccountStore accounts, VisibleRegistry registry, CancellationToken cancellationToken) =>
            ChangeAsync(id, request, accounts, registry, () => accounts.EraseAsync(id, user.Actor, cancellationToken), cancellationToken));
        users.MapPost("/{id:long}/link", LinkAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpRequest request, AccountStore accounts, VisibleRegistry registry, string? fault, Markup? done, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var list = await accounts.ListAsync(cancellationToken).ConfigureAwait(false);
        return Page.Show(request, language.Of("Comptes", "Accounts"), Markup.Of($"""
            {Form.Fault(fault)}{done ?? Markup.Empty}
            <div class="scroll" tabindex="0" role="region" aria-label="{language.Of("Comptes", "Accounts")}"><table>
            <thead><tr><th scope="col">{language.Of("Nom", "Name")}</th><th scope="col">{language.Of("Rôle", "Role")}</th><th scope="col">{language.Of("Pour", "For")}</th>
            <th scope="col">{language.Of("État", "State")}</th><th scope="col">{language.Of("Dernière connexion (UTC)", "Last login (UTC)")}</th></tr></thead><tbody>
            {list.Select(a => Markup.Of($"""
                <tr><th scope="row"><a href="{PathOf}/{a.Id}">{a.Name}</a></th><td>{RoleText.Of(a.Role).In(language)}</td><td>{For(a, language)}</td>
                <td>{State(a, language)}</td><td>{(a.LastLogin is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "—")}</td></tr>
                """))}
            </tbody></table></div>
            <h2>{language.Of("Inviter", "Invite")}</h2>
            <p>{language.Of("La personne reçoit un lien à usage unique, valable trois jours, et choisit son mot de passe.", "The person gets a one-time link, valid for three days, and chooses a password.")}</p>
            <form class="narrow" method="post" action="{PathOf}">{FormToken.Field(request.HttpContext)}
            {Form.Text("name", language.Of("Nom du compte ou adresse électronique", "Account name or e-mail address"), Form.Value(request, "name"))}
            {GrantFields(new AccountGrant(Role.Landlord, [], []), registry.Snapshot, language)}
            {Form.Button(language.Of("Créer le compte et le lien", "Make account and link"))}
            </form>
            """), fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static IResult ShowOne(HttpRequest request, Account account, RegistrySnapshot registry, string? fault)
    {
        var language = Page.LanguageOf(request);
        var token = FormToken.Field(request.HttpContext);
        Markup Post(string what, string text) => Markup.Of($"""<form method="post" action="{PathOf}/{account.Id}/{what}">{token}<button type="submit">{text}</button></form>""");
        return Page.Show(request, account.Name, Markup.Of($"""
            {Form.Fault(fault)}
            <p><a href="{PathOf}">{language.Of("Tous les comptes", "All accounts")}</a> · {State(account, language)}</p>
            <h2>{language.Of("Rôle", "Role")}</h2>
            <form class="narrow" method="post" action="{PathOf}/{account.Id}/grant">{token}
            {GrantFields(new AccountGrant(account.Role, account.Buildings, account.Dwellings), registry, language)}
            {Form.Button(language.Of("Enregistrer", "Save"))}
            </form>
            <h2>{language.Of("Accès", "Access")}</h2>
            <div class="actions">
            {Post("link", language.Of("Nouveau lien à usage unique (mot de passe oublié)", "New one-time link (password forgotten)"))}
            {(account.Disabled is null ? Post("disable", language.Of("Désactiver", "Disable")) : Post("enable", language.Of("Réactiver", "Enable")))}
            {Post("erase", language.Of("Effacer la personne (définitif)", "Erase the person (for good)"))}
            </div>
            """), fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static Markup GrantFields(AccountGrant grant, RegistrySnapshot registry, Language language)
    {
        var dwellings = registry.Zones.Where(z => z.DwellingId is { Length: > 0 }).Select(z => new DwellingReference(z.BuildingId, z.DwellingId!)).Distinct();
        return Markup.Of($"""
            <p class="field"><label for="role">{language.Of("Rôle", "Role")}</label>
            <select id="role" name="role">{Enum.GetValues<Role>().Select(r => Form.Option(r.Name(), RoleText.Of(r).In(language), r == grant.Role))}</select></p>
            <fieldset><legend>{language.Of("Bâtiments (bailleur)", "Buildings (landlord)")}</legend>
            {registry.Buildings.Select(b => Form.Box("building", b.Id, b.Name, grant.Buildings.Contains(b.Id)))}</fieldset>
            <fieldset><legend>{language.Of("Logements (occupant)", "Dwellings (occupant)")}</legend>
            {dwellings.Select(d => Form.Box("dwelling", d.BuildingId + "/" + d.DwellingId, d.BuildingId + " / " + d.DwellingId, grant.Dwellings.Contains(d)))}</fieldset>
            """);
    }

    private static async Task<IResult> InviteAsync(
        HttpRequest request, CurrentUser user, AccountStore accounts, OneTimeLinks links, SiteAddress site, VisibleRegistry registry, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        try
        {
            var account = await accounts.CreateAsync(Form.Value(request, "name"), Grant(request), user.Actor, cancellationToken).ConfigureAwait(false);
            return await LinkAsync(account.Id, request, user, accounts, links, site, registry, cancellationToken).ConfigureAwait(false);
        }
        catch (AccountException e)
        {
            return await ShowAsync(request, accounts, registry, e.In(language), null, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IResult> LinkAsync(
        long id, HttpRequest request, CurrentUser user, AccountStore accounts, OneTimeLinks links, SiteAddress site, VisibleRegistry registry, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        if (await accounts.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return ErrorPages.NotFound(request);
        }

        var link = site.Link(request, await links.CreateAsync(id, OneTimeLinks.InvitationFor, user.Actor, cancellationToken).ConfigureAwait(false));
        return await ShowAsync(request, accounts, registry, null, Markup.Of($"""
            <div class="good" role="status"><p>{language.Of("Lien pour", "Link for")} <strong>{account.Name}</strong>, {language.Of("valable trois jours, une seule fois ; il n’est affiché qu’ici :", "valid for three days, once; it is shown here only:")}</p>
            <p><code class="secret">{link}</code></p></div>
            """), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IResult> ChangeAsync(
        long id, HttpRequest request, AccountStore accounts, VisibleRegistry registry, Func<Task> change, CancellationToken cancellationToken)
    {
        try
        {
            await change().ConfigureAwait(false);
            return Results.LocalRedirect(PathOf);
        }
        catch (AccountException e)
        {
            return await accounts.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } account
                ? ShowOne(request, account, registry.Snapshot, e.In(Page.LanguageOf(request)))
                : ErrorPages.NotFound(request);
        }
    }

    private static AccountGrant Grant(HttpRequest request)
    {
        if (!AccessNames.TryRole(Form.Value(request, "role"), out var role))
        {
            throw new AccountException("Choisir un rôle de la liste.", "Choose a role of the list.");
        }

        var dwellings = Form.Values(request, "dwelling").Select(d => d.Split('/', 2)).Where(d => d.Length == 2).Select(d => new DwellingReference(d[0], d[1]));
        return new AccountGrant(role, Form.Values(request, "building"), [.. dwellings]);
    }

    private static string For(Account account, Language language) => RoleTable.ScopeOf(account.Role) switch
    {
        RoleScope.OwnBuildings => account.Buildings.Count == 0 ? language.Of("aucun bâtiment", "no building") : string.Join(", ", account.Buildings),
        RoleScope.OwnDwellings => account.Dwellings.Count == 0 ? language.Of("aucun logement", "no dwelling") : string.Join(", ", account.Dwellings.Select(d => d.BuildingId + " / " + d.DwellingId)),
        RoleScope.EverythingPseudonymised => language.Of("tout, sous pseudonyme", "everything, pseudonymised"),
        _ => language.Of("tout", "everything"),
    };

    private static string State(Account account, Language language) => account switch
    {
        { Disabled: not null } => language.Of("désactivé", "disabled"),
        { HasPassword: false } => language.Of("invité", "invited"),
        _ => language.Of("actif", "active"),
    };
}
