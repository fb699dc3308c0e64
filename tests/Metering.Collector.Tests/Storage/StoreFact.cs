using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Metering.Collector.Tests.Storage;

/// <summary>Marks a test class that needs a program of tests/install-servers.sh; without it the tests are skipped and say so.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsProgramAttribute(string program) : Attribute
{
    public string Program { get; } = program;

    internal static string? MissingFor(ITypeInfo testClass)
    {
        var attribute = testClass.GetCustomAttributes(typeof(NeedsProgramAttribute)).FirstOrDefault();
        var program = attribute?.GetConstructorArguments().FirstOrDefault() as string;
        return program is null || Installed(program) is not null
            ? null
            : $"{program} is not installed: run tests/install-servers.sh";
    }

    /// <summary>Full path of an installed program, or null.</summary>
    internal static string? Installed(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}

/// <summary>A fact of a contract suite; skipped where the deriving class needs a program that is not there.</summary>
[XunitTestCaseDiscoverer("Metering.Collector.Tests.Storage.StoreFactDiscoverer", "Metering.Collector.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>A theory of a contract suite, see <see cref="StoreFactAttribute"/>.</summary>
[XunitTestCaseDiscoverer("Metering.Collector.Tests.Storage.StoreTheoryDiscoverer", "Metering.Collector.Tests")]
public sealed class StoreTheoryAttribute : TheoryAttribute;

public sealed class StoreFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        NeedsProgramAttribute.MissingFor(testMethod.TestClass.Class) is null
            ? base.CreateTestCase(discoveryOptions, testMethod, factAttribute)
            : new SkippedTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod);
}

public sealed class StoreTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        NeedsProgramAttribute.MissingFor(testMethod.TestClass.Class) is null
            ? base.Discover(discoveryOptions, testMethod, theoryAttribute)
            : [new SkippedTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

public sealed class SkippedTestCase : XunitTestCase
{
    [Obsolete("For the deserialiser of the test framework.")]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod testMethod)
        : base(messages, display, options, testMethod)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        NeedsProgramAttribute.MissingFor(TestMethod.TestClass.Class) ?? base.GetSkipReason(factAttribute);
}
