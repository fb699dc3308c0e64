using System.ComponentModel;
using Metering.Collector.Cli;

namespace Metering.Collector.Hosting;

/// <summary>Values of a section that cannot be what their key asks for, told by section:key before they are bound.</summary>
internal static class SettingsValues
{
    /// <exception cref="UsageException">A value that is no number, no truth value or none of the names allowed.</exception>
    public static void Check<T>(IConfigurationSection section)
    {
        foreach (var property in typeof(T).GetProperties())
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (section[property.Name] is { } given && Allowed(type) is { } allowed && !Fits(given, type))
            {
                throw new UsageException($"{section.Path}:{property.Name}: '{given}' was given; allowed is {allowed}.");
            }
        }
    }

    private static string? Allowed(Type type) =>
        type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type))
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : null;

    /// <summary>An empty text is null to the binder.</summary>
    private static bool Fits(string given, Type type) =>
        given.Length == 0 || (type.IsEnum
            ? Enum.GetNames(type).Contains(given, StringComparer.OrdinalIgnoreCase)
            : TypeDescriptor.GetConverter(type).IsValid(given));
}
