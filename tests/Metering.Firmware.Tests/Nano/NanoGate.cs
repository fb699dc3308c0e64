using System.Reflection.PortableExecutable;

namespace Metering.Firmware.Tests.Nano;

/// <summary>
/// Reads a compiled assembly of the nano subset and reports every external type or member that nanoFramework lacks and
/// every construct that compiles but fails on the device (README.md of this folder).
/// </summary>
public sealed class NanoGate(NanoApiList list)
{
    /// <summary>Emitted by the compiler where the target has them, skipped where it has not; no source asks for them.</summary>
    private static readonly HashSet<string> CompilerAttributes = new(StringComparer.Ordinal)
    {
        "System.Runtime.CompilerServices.CompilerGeneratedAttribute",
        "System.Runtime.CompilerServices.IsReadOnlyAttribute",
        "System.Diagnostics.DebuggerBrowsableAttribute",
        "System.Diagnostics.DebuggerHiddenAttribute",
    };

    /// <param name="assemblyPath">The assembly to read.</param>
    /// <param name="ownAssemblies">Assemblies that are read by their own call, such as Metering.Wire.</param>
    /// <param name="namespacePrefix">Only types whose namespace starts so.</param>
    /// <param name="realWorldAllowed">True for the device project, which is the only one that touches the real board.</param>
    public IReadOnlyList<NanoFinding> Inspect(
        string assemblyPath, IReadOnlyCollection<string> ownAssemblies, string namespacePrefix = "", bool realWorldAllowed = false)
    {
        using var stream = File.OpenRead(assemblyPath);
        using var pe = new PEReader(stream);
        var walk = new NanoWalk(list, pe, ownAssemblies, realWorldAllowed, CompilerAttributes);
        return walk.Run(namespacePrefix);
    }
}
