namespace Metering.Mqtt.Tests;

/// <summary>Waits for something that other threads bring about; the test runner's own limit is the limit.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1);
        }
    }
}
