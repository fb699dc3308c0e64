using System.Text.Json;

namespace Metering.Collector.Identity.Access;

/// <summary>Roles and permissions as stable names: <c>landlord</c>, <c>view-buildings</c>. In the store, in keys, in docs/security.md.</summary>
public static class AccessNames
{
    public static string Name(this Role role) => Kebab(role.ToString());

    public static string Name(this Permission permission) => Kebab(permission.ToString());

    public static bool TryRole(string? name, out Role role) => TryFind(name, Enum.GetValues<Role>(), Name, out role);

    public static bool TryPermission(string? name, out Permission permission) => TryFind(name, Enum.GetValues<Permission>(), Name, out permission);

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static bool TryFind<T>(string? name, T[] values, Func<T, string> nameOf, out T found)
        where T : struct
    {
        foreach (var value in values)
        {
            if (string.Equals(nameOf(value), name, StringComparison.Ordinal))
            {
                found = value;
                return true;
            }
        }

        found = default;
        return false;
    }
}
