using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Identity.Pages;

/// <summary><c>POST /demo/role</c>: looks at the demo with the eyes of another role.</summary>
internal static class DemoRoles
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/demo/role", Choose).OpenToAll();

    /// <summary>The switch in the frame of each page.</summary>
    public static Markup Switch(HttpContext context, CurrentUser user, Language language) => Markup.Of($"""
        <form class="roles" method="post" action="/demo/role">
        {FormToken.Field(context)}
        <label for="role">{language.Of("Démonstration, vu comme", "Demo, seen as")}</label>
        <select id="role" name="role">{Enum.GetValues<Role>().Select(r => Option(r, user.Role == r, language))}</select>
        <button type="submit">{language.Of("Changer", "Switch")}</button>
        </form>
        """);

    private static Markup Option(Role role, bool isChosen, Language language) =>
        Markup.Of($"""<option value="{role.Name()}"{(isChosen ? Markup.Trusted(" selected") : Markup.Empty)}>{RoleText.Of(role).In(language)}</option>""");

    private static IResult Choose(HttpRequest request)
    {
        if (!request.HasFormContentType || !AccessNames.TryRole(request.Form["role"], out var role))
        {
            return TypedResults.Problem("role: allowed are the names of the roles.", statusCode: StatusCodes.Status400BadRequest, title: "Bad request");
        }

        request.HttpContext.Response.Cookies.Append(
            DemoAuthenticator.RoleCookie, role.Name(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true });
        return Results.Redirect("/");
    }
}
