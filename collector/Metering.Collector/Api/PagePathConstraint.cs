namespace Metering.Collector.Api;

/// <summary>
/// Route constraint <c>page</c>: paths that are for people. The page "not found" answers those only; below the API's addresses
/// routing says itself that an address, a method or a kind of body is not there, and that comes out as problem details.
/// </summary>
internal sealed class PagePathConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        !ApiErrors.IsApi(new PathString("/" + (values.GetValueOrDefault(routeKey) as string)));
}
