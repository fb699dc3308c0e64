using System.Reflection;

namespace Metering.Collector;

/// <summary>The version that is printed in notes and summaries.</summary>
internal static class ProductVersion
{
    /// <summary>Such as 0.1.0, without the commit: two builds of the same sources print the same.</summary>
    public static string Text { get; } =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
